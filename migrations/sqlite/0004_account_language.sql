-- The language of the console that an account chose; null: what its browser asks for.
alter table accounts add column language text;
