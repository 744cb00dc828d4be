//! Orders of a list.

use crate::types::text_enum::text_enum;

text_enum! {
    /// What a list of slots is sorted by.
    SlotSort {
        /// Newest row first.
        Newest = "newest", "Newest first";
        /// Oldest row first.
        Oldest = "oldest", "Oldest first";
        /// Person's name, A to Z.
        Name = "name", "Name A–Z";
        /// Person's name, Z to A.
        NameDesc = "-name", "Name Z–A";
        /// Longest without contact first.
        Contact = "contact", "Longest without contact";
        /// Latest contact first.
        ContactDesc = "-contact", "Latest contact";
        /// By life cycle: from the invitation that was not sent to the device that is unenrolled.
        Status = "status", "Status, first steps first";
        /// The same, reversed.
        StatusDesc = "-status", "Status, last steps first";
        /// What has needed attention for the longest time first, then what will need it soonest, then the rest.
        Attention = "attention", "Stuck for longest";
    }
}

text_enum! {
    /// What a list of invitations is sorted by.
    InvitationSort {
        /// Newest invitation first.
        Newest = "newest", "Newest first";
        /// Oldest invitation first.
        Oldest = "oldest", "Oldest first";
    }
}
