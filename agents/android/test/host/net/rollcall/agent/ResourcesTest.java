package net.rollcall.agent;

import java.io.File;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The texts of the app: the same in each language. The property rollcall.sources names the folder agents/android. */
public final class ResourcesTest {
    private static final String[] LANGUAGES = {"-de", "-cs"};
    private static final String FOLDER = System.getProperty("rollcall.sources");
    private static final Pattern PLACE = Pattern.compile("%(?:\\d+\\$)?[sd]");

    private ResourcesTest() {}

    public static void main(String[] arguments) {
        Suite suite = new Suite();
        for (final String language : LANGUAGES) {
            suite.check("texts" + language, new Suite.Check() {
                @Override
                public void run() throws Exception {
                    Map<String, String> english = texts(FOLDER, "");
                    Map<String, String> other = texts(FOLDER, language);
                    Suite.isTrue("there are texts", english.size() > 50);
                    Suite.equal(english.keySet(), other.keySet());
                    for (Map.Entry<String, String> text : english.entrySet()) {
                        String translated = other.get(text.getKey());
                        Suite.equal(text.getKey() + places(text.getValue()), text.getKey() + places(translated));
                        Suite.equal(text.getKey() + end(text.getValue()), text.getKey() + end(translated));
                    }
                }
            });
        }
        suite.end();
    }

    private static Map<String, String> texts(String folder, String language) throws Exception {
        File file = new File(folder, "res/values" + language + "/strings.xml");
        NodeList elements = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file)
                .getElementsByTagName("string");
        Map<String, String> texts = new TreeMap<String, String>();
        for (int at = 0; at < elements.getLength(); at++) {
            Element element = (Element) elements.item(at);
            texts.put(element.getAttribute("name"), element.getTextContent());
        }
        return texts;
    }

    /** What is filled in, in no order: languages have their own. */
    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<String>();
        for (Matcher matcher = PLACE.matcher(text); matcher.find();) {
            places.add(matcher.group());
        }
        return places;
    }

    /** Whether it is a sentence. */
    private static String end(String text) {
        String last = text.substring(text.length() - 1);
        return ".?…".contains(last) ? last : "";
    }
}
