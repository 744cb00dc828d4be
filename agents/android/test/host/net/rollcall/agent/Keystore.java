package net.rollcall.agent;

import android.security.keystore.KeyGenParameterSpec;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import net.rollcall.fake.Fake;

/** A pretended Android Keystore. */
final class Keystore {
    private static final Map<String, Key> KEYS = new HashMap<String, Key>();

    private static boolean isBroken;

    private Keystore() {}

    /** Makes it known to Java. */
    static void install() {
        Security.addProvider(new Provided());
    }

    /** Whether the keystore fails, as phones report it when theirs does. */
    static synchronized void setBroken(boolean isBroken) {
        Keystore.isBroken = isBroken;
    }

    /** As when the app is installed again, or on another phone. */
    static synchronized void clear() {
        KEYS.clear();
    }

    private static synchronized void put(String alias, Key key) {
        KEYS.put(alias, key);
    }

    private static synchronized Key get(String alias) {
        if (isBroken) {
            throw new ProviderException("the keystore does not answer");
        }
        return KEYS.get(alias);
    }

    /** What Java finds under the name of Android's keystore. */
    private static final class Provided extends Provider {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("deprecation")
        Provided() {
            super("AndroidKeyStore", 1.0, "pretended");
            put("KeyStore.AndroidKeyStore", Store.class.getName());
            put("KeyGenerator.AES", Generator.class.getName());
        }
    }

    /** Makes keys under the names that the app gave to the latest builder. */
    public static final class Generator extends KeyGeneratorSpi {
        private String alias;

        @Override
        protected void engineInit(AlgorithmParameterSpec spec, SecureRandom random) {
            Suite.isTrue("a specification", spec instanceof KeyGenParameterSpec);
            String name = "android.security.keystore.KeyGenParameterSpec.Builder.new";
            alias = (String) Fake.calls(name).get(Fake.calls(name).size() - 1).arguments[0];
        }

        @Override
        protected void engineInit(SecureRandom random) {}

        @Override
        protected void engineInit(int bits, SecureRandom random) {}

        @Override
        protected SecretKey engineGenerateKey() {
            try {
                KeyGenerator generator = KeyGenerator.getInstance("AES", "SunJCE");
                generator.init(256);
                SecretKey key = generator.generateKey();
                put(alias, key);
                return key;
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Hands keys out. */
    public static final class Store extends KeyStoreSpi {
        @Override
        public Key engineGetKey(String alias, char[] password) {
            return get(alias);
        }

        @Override
        public Certificate[] engineGetCertificateChain(String alias) {
            return null;
        }

        @Override
        public Certificate engineGetCertificate(String alias) {
            return null;
        }

        @Override
        public Date engineGetCreationDate(String alias) {
            return null;
        }

        @Override
        public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {
            put(alias, key);
        }

        @Override
        public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) throws KeyStoreException {
            throw new KeyStoreException("no");
        }

        @Override
        public void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
            throw new KeyStoreException("no");
        }

        @Override
        public void engineDeleteEntry(String alias) throws KeyStoreException {
            throw new KeyStoreException("no");
        }

        @Override
        public Enumeration<String> engineAliases() {
            return Collections.emptyEnumeration();
        }

        @Override
        public boolean engineContainsAlias(String alias) {
            return get(alias) != null;
        }

        @Override
        public int engineSize() {
            return KEYS.size();
        }

        @Override
        public boolean engineIsKeyEntry(String alias) {
            return true;
        }

        @Override
        public boolean engineIsCertificateEntry(String alias) {
            return false;
        }

        @Override
        public String engineGetCertificateAlias(Certificate certificate) {
            return null;
        }

        @Override
        public void engineStore(OutputStream stream, char[] password) {}

        @Override
        public void engineLoad(InputStream stream, char[] password) {}
    }
}
