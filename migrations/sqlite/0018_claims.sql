-- Which server hands a mail to the mail server. On a file there is one; the column is the same as on a database that several
-- servers share.
alter table mails add column claimed_by blob;
