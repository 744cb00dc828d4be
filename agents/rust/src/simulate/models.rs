//! Models of phones and tablets, and places where they might be.

use domain::device::Platform;

/// A model.
#[derive(Debug)]
pub struct Model {
    /// Maker.
    pub manufacturer: &'static str,
    /// Name.
    pub name: &'static str,
    /// Identifier of the hardware.
    pub identifier: &'static str,
    /// What it runs.
    pub platform: Platform,
    /// Versions of the system that it may run.
    pub os_versions: &'static [&'static str],
    /// Sizes of its storage, in gigabytes.
    pub storage_gb: &'static [u64],
}

const fn android(
    manufacturer: &'static str,
    name: &'static str,
    identifier: &'static str,
    os_versions: &'static [&'static str],
    storage_gb: &'static [u64],
) -> Model {
    Model { manufacturer, name, identifier, platform: Platform::Android, os_versions, storage_gb }
}

const fn apple(
    platform: Platform,
    name: &'static str,
    identifier: &'static str,
    os_versions: &'static [&'static str],
    storage_gb: &'static [u64],
) -> Model {
    Model { manufacturer: "Apple", name, identifier, platform, os_versions, storage_gb }
}

/// Phones and tablets that have an agent.
pub const ANDROID: &[Model] = &[
    android("Samsung", "Galaxy S24", "SM-S921B", &["14", "15"], &[128, 256]),
    android("Samsung", "Galaxy A54 5G", "SM-A546B", &["13", "14", "15"], &[128, 256]),
    android("Samsung", "Galaxy XCover7", "SM-G556B", &["14", "15"], &[128]),
    android("Samsung", "Galaxy Tab S9", "SM-X710", &["14", "15"], &[128, 256]),
    android("Google", "Pixel 8", "shiba", &["14", "15", "16"], &[128, 256]),
    android("Google", "Pixel 7a", "lynx", &["14", "15", "16"], &[128]),
    android("Xiaomi", "Redmi Note 13", "23129RAA4G", &["13", "14"], &[128, 256]),
    android("Fairphone", "Fairphone 5", "FP5", &["13", "14"], &[256]),
    android("Motorola", "moto g84 5G", "XT2347-2", &["13", "14"], &[256]),
    android("Nokia", "XR21", "TA-1486", &["13", "14"], &[128]),
];

/// iPhones and iPads.
pub const APPLE: &[Model] = &[
    apple(Platform::Ios, "iPhone 15", "iPhone15,4", &["17.6.1", "18.5"], &[128, 256, 512]),
    apple(Platform::Ios, "iPhone 14", "iPhone14,7", &["17.6.1", "18.5"], &[128, 256]),
    apple(Platform::Ios, "iPhone SE", "iPhone14,6", &["17.6.1", "18.5"], &[64, 128]),
    apple(Platform::Ios, "iPhone 13 mini", "iPhone14,4", &["17.6.1", "18.5"], &[128, 256]),
    apple(Platform::Ipados, "iPad Air", "iPad14,8", &["17.6.1", "18.5"], &[128, 256]),
    apple(Platform::Ipados, "iPad", "iPad13,18", &["17.6.1", "18.5"], &[64, 256]),
];

/// A city that phones are near.
#[derive(Debug)]
pub struct City {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Prague, Brno, Vienna, Berlin, Warsaw, Paris, London, Lisbon, New York, Tokyo.
pub const CITIES: &[City] = &[
    City { latitude: 50.0755, longitude: 14.4378 },
    City { latitude: 49.1951, longitude: 16.6068 },
    City { latitude: 48.2082, longitude: 16.3738 },
    City { latitude: 52.5200, longitude: 13.4050 },
    City { latitude: 52.2297, longitude: 21.0122 },
    City { latitude: 48.8566, longitude: 2.3522 },
    City { latitude: 51.5072, longitude: -0.1276 },
    City { latitude: 38.7223, longitude: -9.1393 },
    City { latitude: 40.7128, longitude: -74.0060 },
    City { latitude: 35.6764, longitude: 139.6500 },
];
