//! REST API for scripts, `/api/v1`: a thin layer over the use cases that the console uses, too.

mod attention;
mod audit;
mod bulk;
mod devices;
mod errors;
mod export;
mod invitations;
mod invite_jobs;
mod outbox;
mod people;
mod reminders;
mod slots;
mod token;
mod views;

use crate::{
    http::extract::method_not_allowed,
    middleware::timeouts::{end_slow_requests, end_slow_transfers},
    state::AppState,
};
use axum::{Router, middleware::from_fn};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The calls, with their description.
pub fn calls() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(people::list_people, people::create_person))
        .routes(routes!(people::get_person, people::change_person))
        .routes(routes!(invitations::list_invitations, invitations::create_invitation))
        .routes(routes!(invitations::get_invitation))
        .routes(routes!(invitations::get_credentials))
        .routes(routes!(invitations::resend_invitation))
        .routes(routes!(invitations::deactivate_invitation))
        .routes(routes!(invitations::lift_pace))
        .routes(routes!(invite_jobs::put_invite_job, invite_jobs::get_invite_job))
        .routes(routes!(slots::list_slots))
        .routes(routes!(slots::get_slot))
        .routes(routes!(bulk::change_slots))
        .routes(routes!(bulk::invite_people))
        .routes(routes!(export::export_people))
        .routes(routes!(export::export_slots))
        .routes(routes!(attention::count_attention))
        .routes(routes!(audit::list_audit))
        .routes(routes!(reminders::get_reminders, reminders::set_reminders))
        .routes(routes!(outbox::get_outbox))
        .routes(routes!(outbox::retry_outbox))
        .routes(routes!(devices::get_device, devices::delete_device))
        .routes(routes!(devices::renew_device))
        .routes(routes!(devices::list_commands, devices::request_command))
        .routes(routes!(devices::cancel_command))
        .layer(from_fn(end_slow_requests))
        .merge(OpenApiRouter::new().routes(routes!(people::import::import_people)).layer(from_fn(end_slow_transfers)))
}

/// The routes alone.
pub fn router() -> Router<AppState> {
    Router::from(calls()).method_not_allowed_fallback(method_not_allowed)
}
