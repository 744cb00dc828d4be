//! What users operate: fields, menus, modal dialogs, copy buttons.

pub mod copy;
pub mod field;
pub mod menu;
pub mod modal;
