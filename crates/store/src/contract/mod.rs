//! What every store has to do. The rules are written against the traits; an engine makes a test of each with
//! [`contract_tests!`](crate::contract_tests).
#![expect(missing_docs, reason = "the name of a rule is its sentence")]
#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "rules are the bodies of tests")]

pub mod accounts;
pub mod aggregates;
pub mod fixture;
pub mod pages;
pub mod person_pages;
pub mod slot_pages;
mod slot_world;
pub mod work;

/// Makes a test of each rule for an engine. `$open` is an async function that opens an empty store and returns it as
/// `(guard, Arc<dyn Store>)`; the guard lives as long as the test.
#[macro_export]
macro_rules! contract_tests {
    ($open:ident) => {
        $crate::contract_tests! { @rules $open:
            aggregates {
                a_change_is_read_back_as_it_was_written,
                a_stale_change_is_refused_as_a_whole,
                an_email_belongs_to_one_person,
                a_person_has_one_active_invitation,
                changes_at_once_all_arrive_and_each_once,
                a_secret_is_valid_until_its_successor_is_used,
                a_deleted_device_has_no_secret,
                journal_entries_are_told_in_their_order,
            }
            pages {
                pages_show_every_row_once_in_both_directions,
                rows_are_found_by_what_they_contain,
                people_are_found_by_any_part_of_their_name_or_email,
                rows_that_are_asked_for_come_in_the_order_asked,
                unreadable_cursors_are_taken_for_none,
                a_timeline_begins_with_the_newest,
            }
            slot_pages {
                every_filter_finds_its_rows_in_every_order,
                a_page_without_rows_tells_how_many_there_are,
                what_many_rows_match_is_found_as_well,
                more_than_can_be_counted_is_said_to_be_more,
                causes_are_counted_as_they_are_filtered,
                a_row_is_found_by_what_it_is_now,
            }
            person_pages {
                people_are_paged_however_many_are_found,
                invitations_are_paged_however_many_are_found,
                more_people_than_can_be_counted_are_said_to_be_more,
            }
            work {
                a_mail_is_claimed_once,
                mails_of_a_replaced_invitation_are_superseded,
                a_leased_command_waits_for_the_end_of_its_lease,
                silence_is_found,
                rows_that_may_be_reminded_are_found_once_each,
                rules_for_reminders_are_kept,
            }
            accounts {
                the_first_account_is_made_once,
                a_session_ends_when_it_is_deleted,
                an_api_token_is_found_until_it_is_deleted,
            }
        }
    };
    (@rules $open:ident: $($module:ident { $($rule:ident),+ $(,)? })+) => {
        $(mod $module {
            $(
                #[tokio::test]
                async fn $rule() {
                    let (_guard, store) = super::$open().await;
                    $crate::contract::$module::$rule(store).await;
                }
            )+
        })+
    };
}
