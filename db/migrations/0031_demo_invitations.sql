-- A link made in a session of the demo's one click: whoever comes by it has no more than that click.
alter table invitations add column demo boolean not null default false;
