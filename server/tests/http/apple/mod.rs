//! iPhones and iPads, by Apple's MDM protocol.

mod enrollment;
mod hostile;
mod life;
mod phone;
mod pushes;
mod secrets;
