//! Fills the templates with the content of a mail.

use super::MailTemplates;
use crate::mail::content::{MailContent, host, one_line, qr_content_id};
use domain::protocol::Helpdesk;
use minijinja::{Value, context};

/// The rendered templates of a mail.
pub(in crate::mail) struct Rendered {
    pub(in crate::mail) subject: String,
    pub(in crate::mail) text: String,
    pub(in crate::mail) html: String,
}

impl MailTemplates {
    /// Renders subject, text and HTML of a mail.
    pub(in crate::mail) fn render(&self, content: &MailContent) -> Result<Rendered, minijinja::Error> {
        let environment = self.environment(content.language)?;
        let kind = content.kind.as_str();
        let render =
            |name: &str, variables: Value| environment.get_template(&format!("{kind}.{name}"))?.render(variables);
        let plain = variables(content, str::to_owned);
        let subject = one_line(&render("subject.txt", plain.clone())?);
        let text = render("txt", plain)?;
        // In HTML the engine escapes every variable, except URLs, which are escaped here.
        let escaped = variables(content, |url| Value::from_safe_string(escape_url(url)));
        let html = render("html", context! { subject => &subject, ..escaped })?;
        Ok(Rendered { subject, text, html })
    }
}

/// The variables of the templates. `format_url` escapes URLs as the template's format requires.
fn variables<V: Into<Value>>(content: &MailContent, format_url: impl Fn(&str) -> V) -> Value {
    let Helpdesk { name, email, phone } = &content.helpdesk;
    let language = content.language;
    let inviter = name.as_deref().map_or_else(|| host(&content.public_url), one_line);
    let helper = name.as_deref().map_or_else(|| language.text("helper-inviter"), one_line);
    let device = content.device_name.as_deref().map_or_else(|| language.text("renew-some-device"), one_line);
    context! {
        language => language.tag(),
        name => one_line(&content.person_name),
        email => content.to.as_str(),
        url => format_url(&content.url).into(),
        server => format_url(content.public_url.trim_end_matches('/')).into(),
        pin => &content.pin_grouped,
        cid => qr_content_id(content),
        inviter,
        device,
        helpdesk => context! {
            name => helper,
            email => email.as_deref().map(one_line),
            phone => phone.as_deref().map(one_line),
        },
    }
}

/// Escapes a URL for HTML. The template engine would write slashes as entities too, which not every program that looks
/// for links in mails understands.
fn escape_url(url: &str) -> String {
    url.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_cannot_break_out_of_its_attribute() {
        assert_eq!(escape_url("https://x/e/a\"><b>&'"), "https://x/e/a&quot;&gt;&lt;b&gt;&amp;&#39;");
    }
}
