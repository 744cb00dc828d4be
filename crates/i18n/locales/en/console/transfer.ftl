### Importing people from a file, exporting lists, inviting many people.

export-list = Export
import-people = Import people
import-from-file = Import

## The file

import-file = CSV file
import-file-hint = One line names the columns: email and, optionally, name and language. Exports of directories and spreadsheets are read as they are. At most 10 MB and 100,000 lines.
import-encoding = Encoding
import-encoding-auto = Detect automatically
import-encoding-1250 = Windows-1250 (Central Europe)
import-encoding-hint = If letters look wrong in the preview, choose the other encoding.
import-show-preview = Show preview
import-nothing-yet = Nothing is imported until you have seen the preview and confirmed it.

## What is wrong with a file

import-empty = The file is empty.
import-too-large = The file is too large: at most 10 MB.
import-too-many-lines = The file has too many lines: at most 100,000. Split it and import the parts one after another.
import-not-text = This is not a CSV file. If it is a spreadsheet, save it as CSV (UTF-8) and choose that file.
# $found are the headings in the file.
import-no-email-column = There is no column for the email. Its heading should be “Email”, and that of the name “Name”, or “First name” and “Last name”. The first line is: { $found }
import-no-lines = There are no lines below the headings.
import-gone = This preview no longer exists: it was kept for 30 minutes, or another file replaced it.

## What is wrong with a line

import-unreadable = Some characters cannot be read.
import-too-long = The line is too long. A quotation mark that is never closed turns everything after it into one long line.
import-open-quote = A quotation mark in this line is never closed. Remove it; the lines below were read without it.
import-columns = This line has { $found } columns, the headings have { $expected }.
import-name-missing = The name is missing.
import-email-missing = The email is missing.
import-locale-unknown = “{ $text }” is not understood as a language, and is left out.
# $line is a line number.
import-twice = This email address is already in line { $line }.

## The preview

# $file is the name of a file, $encoding such as UTF-8.
import-read-as = { $file }, read as { $encoding }. Nothing is imported yet.
import-ignored = Ignored columns: { $columns }
import-doubts = { $count ->
    [one] In { $count } line the language is not understood. The person is imported without it.
   *[other] In { $count } lines the language is not understood. These people are imported without it.
 }
import-new = New
import-differs = Different name or language
import-unchanged = Unchanged
import-left-out = Skipped
import-lines-shown = Lines to show
import-line = Line
import-person = Person
import-outcome = What happens
import-will-add = Will be added
import-will-stay = Already known
# $name is the name stored so far.
import-current-name = Currently named { $name }
# $locale is a language tag.
import-current-locale = Current language: { $locale }
import-is-invited = Has an active invitation
import-no-such-lines = There are no such lines.
import-page-of = Page { $page } of { $pages }
import-correct = { $count ->
    [one] Correct the name or language of { $count } person
   *[other] Correct names and languages of { $count } people
 }
import-invite = { $count ->
    [one] Invite by email the { $count } person who has no active invitation
   *[other] Invite by email the { $count } people who have no active invitation
 }
import-start = { $count ->
    [one] Import { $count } line
   *[other] Import { $count } lines
 }
import-leaves-out = { $count ->
    [one] { $count } line is skipped.
   *[other] { $count } lines are skipped.
 }
import-download-left-out = Download the skipped lines with the reasons
import-other-file = Choose another file

## Progress and result

import-under-way = The import is running. You can leave this page.
# $done and $total are numbers.
import-progress = { $done } of { $total } lines
import-cancel = Cancel import
import-cancelling = The import is being cancelled.
import-complete = The import is finished.
import-cancelled = The import was cancelled. Import the same file again to complete it.
import-broken = The import stopped because something went wrong on our side; the details are in the server’s log. Import the same file again to complete it.
import-added = Added
import-corrected = Corrected
import-differing-left = Left with a different name or language
import-invited = Invited
import-already-invited = Already had an active invitation
import-failed = Failed
# $line is a line number.
import-failure = Line { $line }, { $email }: { $reason }
import-again = Import another file

## Many people at once

invite-many = Invite
invite-many-title = Invite these people?
invite-many-effect = Each person gets an invitation by email. Anyone with an active invitation keeps it and is skipped.
