//! iPhones and iPads, by Apple's MDM protocol.

mod clients;
mod enrollment;
mod hostile;
mod landing;
mod life;
mod outside;
mod phone;
mod pushes;
mod scep;
mod secrets;
mod settings;
mod signed;
mod warnings;
