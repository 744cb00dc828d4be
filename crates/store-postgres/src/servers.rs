//! The servers that share the database. Times are those of the database's clock, so that computers may disagree about theirs.

use crate::{PostgresStore, attempts::forget_ended};
use async_trait::async_trait;
use domain::types::ids::ServerId;
use store::{
    GONE_AFTER_S, LEAD_S, ServerCard, ServerNews, ServerStore, Standing, StoreResult,
    sql::{
        SqlStore as _,
        database::{Connection, query},
    },
};
use tokio::sync::broadcast;
use uuid::Uuid;

/// The channel on which servers tell each other what is not in the journal.
pub(crate) const NEWS: &str = "rollcall_news";

/// Now, by the clock of the database.
pub(crate) const NOW: &str = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

#[async_trait]
impl ServerStore for PostgresStore {
    fn is_shared(&self) -> bool {
        true
    }

    async fn stand(&self, server: &ServerCard) -> StoreResult<Standing> {
        let standing = self.writer().write(server.clone(), |server, db| Box::pin(stand(server, db))).await?;
        // Not in that transaction, and no server loses the lead because of it.
        if let Err(error) = forget_ended(self.readers()).await {
            tracing::warn!(%error, "Ended windows of limits on wrong attempts could not be removed");
        }
        Ok(standing)
    }

    async fn leave(&self, id: ServerId) -> StoreResult<()> {
        self.writer().write(id, |id, db| Box::pin(leave(*id, db))).await
    }

    async fn live_servers(&self) -> StoreResult<Vec<ServerId>> {
        let live = query(format!("select id from servers where seen_at > {NOW} - $1")).bind(GONE_AFTER_S * 1000);
        Ok(live.fetch_values::<Uuid>(self.readers()).await?.into_iter().map(ServerId).collect())
    }

    async fn tell_servers(&self, news: &[String]) -> StoreResult<()> {
        for text in news {
            query("select pg_notify($1, $2)").bind(NEWS).bind(text).fetch_all(self.readers()).await?;
        }
        Ok(())
    }

    fn hear_servers(&self) -> broadcast::Receiver<ServerNews> {
        self.relay.hear_servers()
    }
}

async fn stand(server: &ServerCard, db: &mut dyn Connection) -> StoreResult<Standing> {
    query(format!(
        "insert into servers (id, place, version, started_at, seen_at) values ($1, $2, $3, {NOW}, {NOW}) \
         on conflict (id) do update set seen_at = excluded.seen_at",
    ))
    .bind(server.id.0)
    .bind(&server.place)
    .bind(&server.version)
    .execute(&mut *db)
    .await?;
    // One that is gone may come back, and then it says that it is there. In one order, since several clean up at once.
    query(format!(
        "delete from servers where id in (select id from servers where id <> $1 and (seen_at <= {NOW} - $2 or place = $3) \
         order by id for update skip locked)",
    ))
    .bind(server.id.0)
    .bind(GONE_AFTER_S * 1000)
    .bind(&server.place)
    .execute(&mut *db)
    .await?;
    let lead = query(format!(
        "insert into leases (name, holder, until) values ('lead', $1, {NOW} + $2) \
         on conflict (name) do update set holder = excluded.holder, until = excluded.until \
         where leases.holder = $1 or leases.until <= {NOW} \
         or not exists (select from servers where servers.id = leases.holder)",
    ));
    let leads = lead.bind(server.id.0).bind(LEAD_S * 1000).execute(&mut *db).await? > 0;
    let others = query("select count(*) from servers where id <> $1").bind(server.id.0).fetch_count(db).await?;
    Ok(Standing { leads, others: usize::try_from(others).unwrap_or(usize::MAX) })
}

/// Whether a server is there.
pub(crate) async fn has_servers(db: &mut dyn Connection) -> StoreResult<bool> {
    let live = query(format!("select count(*) from servers where seen_at > {NOW} - $1")).bind(GONE_AFTER_S * 1000);
    Ok(live.fetch_count(db).await? > 0)
}

async fn leave(id: ServerId, db: &mut dyn Connection) -> StoreResult<()> {
    query("delete from servers where id = $1").bind(id.0).execute(db).await?;
    Ok(())
}
