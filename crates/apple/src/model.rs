//! What phones and tablets are called. They only say the kind of hardware, such as `iPhone15,4`.

/// The name under which Apple sells a kind of hardware (`ProductName` in Apple's schema); `None` for one that is newer than
/// this list, and for those that are too old for the systems that can be managed.
pub fn sales_name(product: &str) -> Option<&'static str> {
    let (_, name) = NAMES.iter().find(|(products, _)| products.contains(&product))?;
    Some(name)
}

/// From the *About this …* pages and identifiers of Apple's developer documentation, as of November 2026.
const NAMES: [(&[&str], &str); 51] = [
    (&["iPhone11,2"], "iPhone XS"),
    (&["iPhone11,4", "iPhone11,6"], "iPhone XS Max"),
    (&["iPhone11,8"], "iPhone XR"),
    (&["iPhone12,1"], "iPhone 11"),
    (&["iPhone12,3"], "iPhone 11 Pro"),
    (&["iPhone12,5"], "iPhone 11 Pro Max"),
    (&["iPhone12,8"], "iPhone SE (2nd generation)"),
    (&["iPhone13,1"], "iPhone 12 mini"),
    (&["iPhone13,2"], "iPhone 12"),
    (&["iPhone13,3"], "iPhone 12 Pro"),
    (&["iPhone13,4"], "iPhone 12 Pro Max"),
    (&["iPhone14,4"], "iPhone 13 mini"),
    (&["iPhone14,5"], "iPhone 13"),
    (&["iPhone14,2"], "iPhone 13 Pro"),
    (&["iPhone14,3"], "iPhone 13 Pro Max"),
    (&["iPhone14,6"], "iPhone SE (3rd generation)"),
    (&["iPhone14,7"], "iPhone 14"),
    (&["iPhone14,8"], "iPhone 14 Plus"),
    (&["iPhone15,2"], "iPhone 14 Pro"),
    (&["iPhone15,3"], "iPhone 14 Pro Max"),
    (&["iPhone15,4"], "iPhone 15"),
    (&["iPhone15,5"], "iPhone 15 Plus"),
    (&["iPhone16,1"], "iPhone 15 Pro"),
    (&["iPhone16,2"], "iPhone 15 Pro Max"),
    (&["iPhone17,3"], "iPhone 16"),
    (&["iPhone17,4"], "iPhone 16 Plus"),
    (&["iPhone17,1"], "iPhone 16 Pro"),
    (&["iPhone17,2"], "iPhone 16 Pro Max"),
    (&["iPhone17,5"], "iPhone 16e"),
    (&["iPhone18,3"], "iPhone 17"),
    (&["iPhone18,4"], "iPhone Air"),
    (&["iPhone18,1"], "iPhone 17 Pro"),
    (&["iPhone18,2"], "iPhone 17 Pro Max"),
    (&["iPad7,11", "iPad7,12"], "iPad (7th generation)"),
    (&["iPad11,6", "iPad11,7"], "iPad (8th generation)"),
    (&["iPad12,1", "iPad12,2"], "iPad (9th generation)"),
    (&["iPad13,18", "iPad13,19"], "iPad (10th generation)"),
    (&["iPad11,1", "iPad11,2"], "iPad mini (5th generation)"),
    (&["iPad14,1", "iPad14,2"], "iPad mini (6th generation)"),
    (&["iPad16,1", "iPad16,2"], "iPad mini (A17 Pro)"),
    (&["iPad11,3", "iPad11,4"], "iPad Air (3rd generation)"),
    (&["iPad13,1", "iPad13,2"], "iPad Air (4th generation)"),
    (&["iPad13,16", "iPad13,17"], "iPad Air (5th generation)"),
    (&["iPad14,8", "iPad14,9"], "iPad Air 11-inch (M2)"),
    (&["iPad14,10", "iPad14,11"], "iPad Air 13-inch (M2)"),
    (&["iPad13,4", "iPad13,5", "iPad13,6", "iPad13,7"], "iPad Pro 11-inch (3rd generation)"),
    (&["iPad14,3", "iPad14,4"], "iPad Pro 11-inch (4th generation)"),
    (&["iPad13,8", "iPad13,9", "iPad13,10", "iPad13,11"], "iPad Pro 12.9-inch (5th generation)"),
    (&["iPad14,5", "iPad14,6"], "iPad Pro 12.9-inch (6th generation)"),
    (&["iPad16,3", "iPad16,4"], "iPad Pro 11-inch (M4)"),
    (&["iPad16,5", "iPad16,6"], "iPad Pro 13-inch (M4)"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hardware_is_called_what_it_is_sold_as_and_no_kind_is_listed_twice() {
        assert_eq!(sales_name("iPhone15,4"), Some("iPhone 15"));
        assert_eq!(sales_name("iPad13,19"), Some("iPad (10th generation)"));
        assert_eq!(sales_name("iPhone99,1"), None);
        let mut all: Vec<&str> = NAMES.iter().flat_map(|(products, _)| products.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
