//! A pretended push service with the certificates of the vectors.

use apple::apns::Identity;
pub use pretended_apns::{Arrived, Reply};
use pretended_apns::{PretendedApns, Tls};
use rustls::SupportedProtocolVersion;
use tokio::sync::mpsc;

use crate::vector;

pub struct Pretended {
    pub base: String,
    pub arrived: mpsc::UnboundedReceiver<Arrived>,
    _service: PretendedApns,
}

impl Pretended {
    pub async fn start(reply: Reply) -> Self {
        Self::start_with(reply, rustls::ALL_VERSIONS).await
    }

    pub async fn start_with(reply: Reply, versions: &'static [&'static SupportedProtocolVersion]) -> Self {
        let identity = Identity { certificates: vec![vector("server.der")], key: vector("server.key.der") };
        let tls = Tls { versions, ..Tls::new(identity, &vector("root.der")) };
        let service = PretendedApns::start(([127, 0, 0, 1], 0).into(), tls).await.unwrap();
        service.reply_to_all(reply);
        Self { base: service.base(), arrived: service.watch(), _service: service }
    }
}
