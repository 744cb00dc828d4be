### Importing people from a file, exporting lists, inviting many people.

export-list = Export
import-people = Import people
import-from-file = Import

## The file

import-file = CSV file
import-file-hint = The first line names the columns: name, email and, if you like, locale. Comma, semicolon or tab. At most 10 MB and 100,000 lines.
import-encoding = Encoding
import-encoding-auto = Recognise by itself
import-encoding-1250 = Windows-1250 (Central Europe)
import-encoding-hint = If letters look wrong in the preview, choose the other one.
import-show-preview = Show preview
import-nothing-yet = Nothing is imported until you have seen what would happen and confirm it.

## What is wrong with a file

import-empty = The file is empty.
import-too-large = The file is too large: 10 MB at most.
import-too-many-lines = The file has too many lines: 100,000 at most. Split it and import the parts one after another.
import-not-text = This is no CSV file. If it is a spreadsheet, save it as CSV (UTF-8) and choose that file.
# $found are headings of the file.
import-no-name-column = The first line has to name the columns. There is none for the name; found: { $found }
import-no-email-column = The first line has to name the columns. There is none for the email; found: { $found }
import-no-lines = There are no lines below the headings.
import-gone = This preview is no longer there: it is kept for 30 minutes, or another file took its place.

## What is wrong with a line

import-unreadable = Some characters cannot be read.
import-too-long = The line is too long. A quotation mark that is never closed makes one long line of all that follow.
import-columns = Another number of columns than the first line has: { $found } instead of { $expected }.
import-name-missing = The name is missing.
import-email-missing = The email is missing.
import-locale-unknown = “{ $text }” is not a language tag such as en, de or cs.
# $line is the number of a line.
import-twice = This email stands in line { $line } already.

## The preview

# $file is the name of a file, $encoding such as UTF-8.
import-read-as = { $file }, read as { $encoding }. Nothing is imported yet.
import-ignored = Columns that are not read: { $columns }
import-new = New
import-differs = Other name or language
import-unchanged = Unchanged
import-left-out = Left out
import-lines-shown = Lines to show
import-line = Line
import-person = Person
import-outcome = What happens
import-will-add = Is added
import-will-stay = Is known already
# $name is the name that is known.
import-named = Is called { $name } so far
# $locale is a language tag.
import-speaks = Has the language { $locale } so far
import-is-invited = Has an active invitation
import-no-such-lines = There is no such line.
import-page-of = Page { $page } of { $pages }
import-correct = { $count ->
    [one] Correct the name or language of { $count } person
   *[other] Correct names and languages of { $count } people
 }
import-invite = { $count ->
    [one] Invite by mail the { $count } person who has no active invitation
   *[other] Invite by mail the { $count } people who have no active invitation
 }
import-start = { $count ->
    [one] Import { $count } line
   *[other] Import { $count } lines
 }
import-leaves-out = { $count ->
    [one] { $count } line is left out.
   *[other] { $count } lines are left out.
 }
import-download-left-out = Download what is left out, with the reasons
import-other-file = Choose another file

## On its way, and the result

import-under-way = The import is running. You may leave this page.
# $done and $total are numbers.
import-progress = { $done } of { $total } lines
import-cancel = Cancel the import
import-cancelling = The import is being cancelled.
import-complete = The import is finished.
import-cancelled = The import was cancelled. Import the same file again to complete it.
import-broken = The import stopped because something went wrong on our side; the log tells more. Import the same file again to complete it.
import-added = Added
import-corrected = Corrected
import-differing-left = Left with another name or language
import-invited = Invited
import-already-invited = Had an active invitation
import-failed = Failed
# $line is the number of a line.
import-failure = Line { $line }, { $email }: { $reason }
import-again = Import another file

## Many people at once

invite-many = Invite
invite-many-title = Invite these people?
invite-many-effect = Each person gets an invitation by mail. Whoever has an active invitation keeps it and is left out.
