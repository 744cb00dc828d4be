//! The two ways to build: quickly, or optimised.

/// Whether a build is quick to make, or makes something fast and small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build, while the code is being changed.
    Dev,
    /// Optimised: for use, for size budgets and for browser tests.
    Release,
}

impl Mode {
    /// The mode that is meant with a `--release` flag, or without it.
    pub fn for_release(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    /// The Cargo profile of programs.
    pub fn profile(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// The folder below Cargo's target folder that holds the programs.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }

    /// The Cargo profile of the front end, which is also the name of its folder.
    pub fn wasm_profile(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }

    /// Brotli's quality, 0 to 11. Level 11 takes longer than all others together.
    pub fn brotli_quality(self) -> i32 {
        match self {
            Self::Dev => 5,
            Self::Release => 11,
        }
    }
}
