//! Pages that offer nothing: the invitation enrolls nothing any more, there is none, or it cannot be looked up. Each says
//! which, and whom to ask; none tells anything about a person.

use super::{
    layout::{Frame, document},
    words::contact,
};
use domain::{invitation::DeactivationReason, protocol::Helpdesk};
use leptos::prelude::*;

struct Words {
    title: &'static str,
    text: &'static str,
    next: &'static str,
}

/// The page of an invitation that was deactivated for `reason`.
pub(super) fn render(reason: DeactivationReason, helpdesk: &Helpdesk) -> String {
    let words = match reason {
        DeactivationReason::Replaced => Words {
            title: "A newer invitation replaced this one",
            text: "This link, its QR code and its PIN enroll nothing any more.",
            next: "Look for a newer mail and use the link in it.",
        },
        DeactivationReason::Manual => Words {
            title: "This invitation was deactivated",
            text: "It enrolls no further devices. Devices that it enrolled before stay enrolled.",
            next: "If you still want to enroll a device, ask for a new invitation.",
        },
        DeactivationReason::Expired => Words {
            title: "This invitation has expired",
            text: "The time in which it could enroll devices is over.",
            next: "Ask for a new invitation.",
        },
    };
    page(&words, helpdesk)
}

/// The page of a link that belongs to no invitation.
pub(super) fn render_unknown(helpdesk: &Helpdesk) -> String {
    let words = Words {
        title: "This link is not known here",
        text: "Part of it may have been lost when it was copied.",
        next: "Open it from the mail again, or copy all of it.",
    };
    page(&words, helpdesk)
}

/// The page for the moments when nothing can be looked up.
pub(super) fn render_unavailable(helpdesk: &Helpdesk) -> String {
    let words = Words {
        title: "Please try again in a moment",
        text: "The server cannot look up your invitation right now. Your link stays valid.",
        next: "Reload this page in a minute.",
    };
    page(&words, helpdesk)
}

fn page(words: &Words, helpdesk: &Helpdesk) -> String {
    let Words { title, text, next } = *words;
    let frame = Frame { title, inviter: "", is_live: false };
    document(&frame, || {
        view! {
            <div class="card notice">
                <h1>{title}</h1>
                <p>{text}</p>
                <p><strong>{next}</strong></p>
            </div>
            {contact(helpdesk)}
        }
        .into_any()
    })
}
