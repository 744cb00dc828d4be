//! The rules that every store has to keep. They are written against the traits;
//! [`contract_tests!`](crate::contract_tests) makes a test of each for an engine.
#![expect(missing_docs, reason = "the name of a rule is its sentence")]
#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "rules are the bodies of tests")]

pub mod accounts;
pub mod aggregates;
pub mod apple;
pub mod fixture;
pub mod hardware;
pub mod imports;
pub mod jobs;
mod lists;
pub mod retention;
pub mod telemetry;
pub mod together;
pub mod trust;
pub mod work;

pub use lists::{pages, person_pages, slot_pages};

/// Makes a test of each rule for an engine. `$open` is an async function that opens an empty store and returns it as
/// `Some((guard, Arc<dyn Store>))`; the guard lives as long as the test. `None` skips the test: the engine is not there.
#[macro_export]
macro_rules! contract_tests {
    ($open:ident) => {
        $crate::contract_tests! { @rules $open:
            aggregates {
                a_change_is_read_back_as_it_was_written,
                a_stale_change_is_refused_as_a_whole,
                an_email_belongs_to_one_person,
                a_person_has_one_active_invitation,
                concurrent_changes_are_each_written_once,
                a_secret_is_valid_until_its_successor_is_used,
                the_secret_that_is_used_stays_valid_however_many_are_given_out,
                a_command_and_the_end_of_its_device_exclude_each_other,
                a_deleted_device_has_no_secret,
                journal_entries_are_published_in_their_order,
            }
            pages {
                pages_show_every_row_once_in_both_directions,
                rows_are_found_by_what_they_contain,
                people_are_found_by_any_part_of_their_name_or_email,
                requested_rows_come_in_the_requested_order,
                requested_invitations_come_in_the_requested_order,
                unreadable_cursors_count_as_none,
                a_timeline_begins_with_the_newest,
            }
            slot_pages {
                every_filter_finds_its_rows_in_every_order,
                a_page_without_rows_has_the_right_total,
                pages_of_many_matching_rows_are_right,
                a_total_beyond_the_counting_limit_may_be_less,
                causes_are_counted_as_they_are_filtered,
                rows_that_changed_in_part_are_found_by_every_filter,
                a_changed_row_is_found_by_its_new_text,
                a_row_whose_state_changes_is_found_by_it_in_every_order,
            }
            person_pages {
                pages_of_people_are_right_however_many_match,
                pages_of_invitations_are_right_however_many_match,
                names_beyond_ascii_come_in_the_order_of_their_characters,
                a_total_of_people_beyond_the_counting_limit_is_not_exact,
            }
            work {
                a_mail_is_claimed_once,
                mails_of_a_replaced_invitation_are_superseded,
                a_leased_command_waits_for_the_end_of_its_lease,
                a_contact_is_written_without_the_rest,
                silence_is_found,
                rows_that_may_be_reminded_are_found_once_each,
                reminder_rules_are_stored,
                when_the_server_was_there_is_stored,
            }
            telemetry {
                a_report_is_written_for_the_version_that_it_was_decided_on,
                many_reports_at_once_are_each_written_or_refused,
                what_was_decided_on_a_device_is_refused_after_it_changed,
                a_calling_device_comes_with_all_that_it_is_answered_from,
            }
            together {
                changes_that_come_at_once_are_written_as_if_they_came_alone,
                of_changes_that_come_at_once_a_stale_one_is_refused_alone,
                of_two_changes_of_one_device_that_come_at_once_one_is_refused,
                reports_of_one_device_that_come_at_once_are_put_over_each_other,
            }
            retention {
                the_oldest_entries_of_the_journal_are_deleted_and_never_the_latest,
                an_entry_of_a_wrong_clock_keeps_no_other_and_deletes_no_other,
                mails_that_ended_are_deleted_by_their_age,
                old_positions_are_removed_from_reports_and_nothing_else,
            }
            hardware {
                devices_are_found_by_their_hardware,
            }
            jobs {
                a_line_of_a_job_is_decided_once_with_its_invitation,
                a_job_that_ended_is_kept_for_a_week,
            }
            imports {
                an_owner_has_one_file_at_a_time,
                a_file_is_confirmed_once_and_alone,
                a_running_import_is_kept_and_can_be_cancelled,
                files_and_results_are_deleted_by_their_age,
            }
            accounts {
                the_first_account_is_made_once,
                all_accounts_are_reached_in_their_languages,
                a_session_ends_when_it_is_deleted,
                sessions_that_ended_are_deleted_and_no_others,
                an_api_token_is_found_until_it_is_deleted,
                texts_that_mean_something_to_an_engine_are_only_texts,
            }
            apple {
                there_is_one_apple_authority,
                a_challenge_is_found_by_its_hash_and_by_what_it_is_for,
                a_certificate_is_found_with_what_its_challenge_says,
                a_challenge_issues_no_more_than_it_may,
                a_certificate_belongs_to_the_first_device_that_uses_it,
                a_spent_challenge_revokes_what_no_phone_uses,
                certificates_of_a_device_are_revoked_except_the_one_that_stays,
                the_end_of_an_enrollment_forgets_its_secrets,
                an_enrollment_is_read_back_and_a_stale_one_is_refused,
                one_udid_has_one_live_enrollment,
                a_push_is_planned_for_the_earliest_time,
                quiet_phones_and_expiring_certificates_are_found,
                a_push_certificate_is_read_back_as_it_was_written,
                one_push_certificate_is_in_use,
                a_stale_push_certificate_is_refused_and_replaces_nothing,
                phones_are_counted_by_their_topic,
            }
            trust {
                the_key_of_the_database_is_remembered,
                a_new_password_ends_the_sessions_and_the_link_of_its_account_alone,
                a_password_is_upgraded_while_it_is_the_same,
                a_reset_link_works_once_until_its_time,
                the_audit_log_is_read_from_its_end,
                lock_outs_are_found_after_a_restart,
            }
        }
    };
    (@rules $open:ident: $($module:ident { $($rule:ident),+ $(,)? })+) => {
        $(mod $module {
            $(
                #[tokio::test]
                async fn $rule() {
                    let Some((_guard, store)) = super::$open().await else { return };
                    $crate::contract::$module::$rule(store).await;
                }
            )+
        })+
    };
}
