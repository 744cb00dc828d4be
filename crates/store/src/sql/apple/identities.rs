//! The certificate authority, challenges, and certificates.

use crate::{
    AppleIdentityStore, Issue, NewIdentity, StoreError, StoreResult, StoredAuthority,
    sql::{
        SqlStore,
        damaged::needed,
        database::{Connection, Row, get, query},
        records,
    },
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    apple::{CertificateHash, Challenge, ChallengePurpose, ISSUED_MAX, Identity, Revocation},
    journal::change::KeyedHash,
    types::ids::{AppleChallengeId, DeviceId, InvitationId},
};
use uuid::Uuid;

fn authority(row: &Row) -> StoreResult<StoredAuthority> {
    Ok(StoredAuthority {
        cert: get(row, "cert")?,
        key_sealed: get(row, "key_sealed")?,
        public_url: get(row, "public_url")?,
        made_at: records::time(row, "made_at")?,
    })
}

fn purpose(row: &Row) -> StoreResult<ChallengePurpose> {
    match (get::<Option<Uuid>>(row, "invitation_id")?, get::<Option<Uuid>>(row, "renewed_device_id")?) {
        (Some(invitation), None) => Ok(ChallengePurpose::Enroll(InvitationId(invitation))),
        (None, Some(device)) => Ok(ChallengePurpose::Renew(DeviceId(device))),
        _ => Err(StoreError::Damaged("a challenge for two purposes, or for none".to_owned())),
    }
}

/// The columns of a challenge that say what it is for.
const FOR: &str = "c.invitation_id, c.device_id as renewed_device_id, c.ownership, c.platform, c.rights";

fn challenge(row: &Row) -> StoreResult<Challenge> {
    Ok(Challenge {
        id: AppleChallengeId(get(row, "id")?),
        hash: records::hash(row, "hash")?,
        sealed: get(row, "sealed")?,
        purpose: purpose(row)?,
        ownership: records::parse(get::<&str>(row, "ownership")?)?,
        platform: records::parse(get::<&str>(row, "platform")?)?,
        rights: get(row, "rights")?,
        made_at: records::time(row, "made_at")?,
        expires_at: records::time(row, "expires_at")?,
        fetched_at: records::optional_time(row, "fetched_at")?,
        issued: get(row, "issued")?,
        issued_at: records::optional_time(row, "issued_at")?,
        spent_at: records::optional_time(row, "spent_at")?,
    })
}

fn identity(row: &Row) -> StoreResult<Identity> {
    let revoked_by: Option<&str> = get(row, "revoked_by")?;
    let revoked_by = revoked_by.map(records::parse).transpose()?;
    Ok(Identity {
        cert_hash: CertificateHash(records::hash(row, "cert_hash")?.0),
        challenge_id: AppleChallengeId(get(row, "challenge_id")?),
        purpose: purpose(row)?,
        ownership: records::parse(get::<&str>(row, "ownership")?)?,
        platform: records::parse(get::<&str>(row, "platform")?)?,
        rights: get(row, "rights")?,
        device_id: get::<Option<Uuid>>(row, "device_id")?.map(DeviceId),
        not_after: records::time(row, "not_after")?,
        issued_at: records::time(row, "issued_at")?,
        first_seen_at: records::optional_time(row, "first_seen_at")?,
        revocation: records::optional_time(row, "revoked_at")?.zip(revoked_by).map(|(at, by)| Revocation { at, by }),
    })
}

#[async_trait]
impl<S: SqlStore> AppleIdentityStore for S {
    async fn find_apple_authority(&self) -> StoreResult<Option<StoredAuthority>> {
        let row = query("select * from apple_authority").fetch_optional(self.readers()).await?;
        row.as_ref().map(authority).transpose()
    }

    async fn make_apple_authority(&self, authority: StoredAuthority) -> StoreResult<StoredAuthority> {
        self.writer().write(authority, |authority, db| Box::pin(make_authority(db, authority))).await
    }

    async fn save_apple_url(&self, url: &str) -> StoreResult<()> {
        self.writer()
            .write(url.to_owned(), |url, db| {
                Box::pin(async move {
                    let update = query("update apple_authority set public_url = $1").bind(url);
                    update.execute(db).await?;
                    Ok(())
                })
            })
            .await
    }

    async fn find_apple_topic(&self) -> StoreResult<Option<String>> {
        let topic: Option<Option<String>> =
            query("select topic from apple_push_certs where state = 'active'").fetch_value(self.readers()).await?;
        Ok(topic.flatten())
    }

    async fn find_challenge(&self, hash: KeyedHash) -> StoreResult<Option<Challenge>> {
        let sql = format!("select *, {FOR} from apple_challenges c where hash = $1");
        let row = query(sql).bind(&hash.0[..]).fetch_optional(self.readers()).await?;
        row.as_ref().map(|row| needed("apple_challenges", row, challenge)).transpose()
    }

    async fn latest_challenge(&self, purpose: ChallengePurpose) -> StoreResult<Option<Challenge>> {
        let (column, id) = match purpose {
            ChallengePurpose::Enroll(invitation) => ("invitation_id", invitation.0),
            ChallengePurpose::Renew(device) => ("device_id", device.0),
        };
        let sql = format!(
            "select *, {FOR} from apple_challenges c where c.{column} = $1 order by c.made_at desc, c.id desc limit 1"
        );
        let row = query(sql).bind(id).fetch_optional(self.readers()).await?;
        row.as_ref().map(|row| needed("apple_challenges", row, challenge)).transpose()
    }

    async fn save_challenge(&self, challenge: &Challenge) -> StoreResult<()> {
        self.writer().write(challenge.clone(), |challenge, db| Box::pin(save_challenge(db, challenge))).await
    }

    async fn note_fetched(&self, challenge: AppleChallengeId, at: Timestamp) -> StoreResult<()> {
        self.writer()
            .write((challenge, at), |(challenge, at), db| {
                Box::pin(async move {
                    query("update apple_challenges set fetched_at = $1 where id = $2")
                        .bind(at.as_millis())
                        .bind(challenge.0)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn find_issued(&self, challenge: AppleChallengeId, public_key: [u8; 32]) -> StoreResult<Option<Vec<u8>>> {
        query("select cert from apple_identities where challenge_id = $1 and public_key_hash = $2")
            .bind(challenge.0)
            .bind(&public_key[..])
            .fetch_value(self.readers())
            .await
    }

    async fn issue(&self, identity: NewIdentity) -> StoreResult<Issue> {
        self.writer().write(identity, |identity, db| Box::pin(issue(db, identity))).await
    }

    async fn find_apple_identity(&self, cert: CertificateHash) -> StoreResult<Option<Identity>> {
        let sql = format!(
            "select i.*, {FOR} from apple_identities i join apple_challenges c on c.id = i.challenge_id where i.cert_hash = $1"
        );
        let row = query(sql).bind(&cert.0[..]).fetch_optional(self.readers()).await?;
        row.as_ref().map(identity).transpose()
    }
}

async fn make_authority(db: &mut dyn Connection, new: &StoredAuthority) -> StoreResult<StoredAuthority> {
    query(
        "insert into apple_authority (id, cert, key_sealed, public_url, made_at) values (1, $1, $2, $3, $4) on conflict do nothing",
    )
    .bind(&new.cert)
    .bind(&new.key_sealed)
        .bind(&new.public_url)
    .bind(new.made_at.as_millis())
    .execute(&mut *db)
    .await?;
    let row = query("select * from apple_authority").fetch_optional(db).await?;
    row.as_ref().map_or_else(|| Err(StoreError::Damaged("no certificate authority".to_owned())), authority)
}

async fn save_challenge(db: &mut dyn Connection, challenge: &Challenge) -> StoreResult<()> {
    let (invitation, device) = match challenge.purpose {
        ChallengePurpose::Enroll(invitation) => (Some(invitation.0), None),
        ChallengePurpose::Renew(device) => (None, Some(device.0)),
    };
    query(
        "insert into apple_challenges (id, hash, sealed, invitation_id, device_id, ownership, platform, rights, made_at, \
         expires_at, fetched_at, issued, issued_at, spent_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(challenge.id.0)
    .bind(&challenge.hash.0[..])
    .bind(&challenge.sealed)
    .bind(invitation)
    .bind(device)
    .bind(challenge.ownership.as_str())
    .bind(challenge.platform.as_str())
    .bind(challenge.rights)
    .bind(challenge.made_at.as_millis())
    .bind(challenge.expires_at.as_millis())
    .bind(challenge.fetched_at.map(Timestamp::as_millis))
    .bind(challenge.issued)
    .bind(challenge.issued_at.map(Timestamp::as_millis))
    .bind(challenge.spent_at.map(Timestamp::as_millis))
    .execute(db)
    .await?;
    Ok(())
}

/// Of requests that come at once no more are granted than the challenge allows: it counts where it is written.
async fn issue(db: &mut dyn Connection, new: &NewIdentity) -> StoreResult<Issue> {
    let known: Option<Vec<u8>> =
        query("select cert from apple_identities where challenge_id = $1 and public_key_hash = $2")
            .bind(new.challenge_id.0)
            .bind(&new.public_key_hash[..])
            .fetch_value(&mut *db)
            .await?;
    if let Some(cert) = known {
        return Ok(Issue::Known(cert));
    }
    let counted = query(
        "update apple_challenges set issued = issued + 1, issued_at = $1 \
         where id = $2 and spent_at is null and expires_at > $1 and issued < $3",
    )
    .bind(new.issued_at.as_millis())
    .bind(new.challenge_id.0)
    .bind(ISSUED_MAX)
    .execute(&mut *db)
    .await?;
    if counted == 0 {
        return Ok(Issue::Refused);
    }
    query(
        "insert into apple_identities (cert_hash, challenge_id, cert, public_key_hash, serial, not_after, issued_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&new.cert_hash.0[..])
    .bind(new.challenge_id.0)
    .bind(&new.cert)
    .bind(&new.public_key_hash[..])
    .bind(&new.serial)
    .bind(new.not_after.as_millis())
    .bind(new.issued_at.as_millis())
    .execute(db)
    .await?;
    Ok(Issue::Issued)
}
