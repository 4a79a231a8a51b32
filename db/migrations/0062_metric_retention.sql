-- Points come in by time, so their blocks are by time: what is past its days is found without reading the rest.
create index resource_metrics_time on store.resource_metrics using brin(time) with (autosummarize = on);
