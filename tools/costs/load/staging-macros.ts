/**
 * Decimals a cost may have: Microsoft's own files have up to 22. More is refused, never rounded: a rounded cent would
 * break the tie with the invoice.
 */
export const MAX_DECIMALS = 24;
/** Digits before them: DuckDB's decimals have 38. A hundred billion million is more than any bill in any currency. */
const WHOLE_DIGITS = 38 - MAX_DECIMALS;
/** Stands between values of a line, as SQL: the control character that is meant for this. */
export const LINE_DELIMITER = "chr(31)";

/**
 * DuckDB macros of the load.
 * - short_decimal(text): DECIMAL(18,12) of a number written plainly with as many digits at most, or null. The number
 *   as DuckDB writes it begins with the text itself, which tells so for a fifth of what a regular expression costs.
 * - exact_decimal(text): DECIMAL(38,24), or null when it is no number, too large, or has more than 24 decimals
 *   (DuckDB's own cast would round). Never passes through DOUBLE.
 * - utc_timestamp(text): TIMESTAMP in UTC, or null; a plain cast would ignore an offset such as +02:00.
 * - plain_decimal(decimal): its shortest text ("0.5", "-3"), the same for equal values.
 * - short_text(text): the same from the text that was read as a short decimal, which is cheaper.
 * - decimal_text(text, decimal): the same from any text; numbers with more decimals than fit (quantities only) stay
 *   as they are.
 * - canonical_tags(json): {"key":"value"} sorted by key, from an object or a list of {key, value}; null if neither.
 * - copy_text(text): one value of a COPY in text format that LINE_DELIMITER delimits.
 * - array_text(text): one element of a PostgreSQL array literal.
 */
export const stagingMacros = `
create macro fraction_decimals(mantissa) as
  case when contains(mantissa, '.') and rtrim(split_part(mantissa, '.', 2), '0') <> ''
    then length(rtrim(split_part(mantissa, '.', 2), '0'))
    else length(rtrim(split_part(mantissa, '.', 1), '0')) - length(split_part(mantissa, '.', 1)) end;
create macro exact_scientific(value) as
  case when regexp_full_match(regexp_extract(value, '^[^eE]+'), '[+-]?[0.]+') then 0::decimal(38, ${MAX_DECIMALS})
    when fraction_decimals(regexp_extract(value, '^[^eE]+'))
      - coalesce(try_cast(regexp_extract(value, '[eE]([+-]?[0-9]+)$', 1) as integer), 0) <= ${MAX_DECIMALS}
    then try_cast(value as decimal(38, ${MAX_DECIMALS})) end;
create macro short_decimal(value) as
  case when starts_with(try_cast(value as decimal(18, 12))::varchar, value) then try_cast(value as decimal(18, 12)) end;
create macro exact_decimal(value) as
  case when short_decimal(value) is not null then short_decimal(value)::decimal(38, ${MAX_DECIMALS})
    when regexp_full_match(value, '[+-]?([0-9]{1,${WHOLE_DIGITS}}(\\.[0-9]{0,${MAX_DECIMALS}})?|\\.[0-9]{1,${MAX_DECIMALS}})')
    then try_cast(value as decimal(38, ${MAX_DECIMALS}))
    when regexp_full_match(value, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?')
    then exact_scientific(value) end;
create macro utc_timestamp(value) as
  case when value not like '____-%' then null
    when strlen(value) = 20 and suffix(value, 'Z') then try_cast(value as timestamp)
    when length(value) = 17 and value[17] = 'Z' then try_cast(value[:16] as timestamp)
    when contains(value, '+') or contains(value[12:], '-') then try_cast(value as timestamptz)::timestamp
    else try_cast(value as timestamp) end;
create macro plain_decimal(value) as rtrim(rtrim(value::varchar, '0'), '.');
create macro short_text(value) as
  case when (suffix(value, '0') or suffix(value, '.')) and contains(value, '.')
    then rtrim(rtrim(value, '0'), '.') else value end;
create macro decimal_text(value, exact) as
  case when value <> '-0' and regexp_full_match(value, '-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?') then value
    when regexp_full_match(value, '(0|-?[1-9][0-9]*)\\.[0-9]*') then rtrim(rtrim(value, '0'), '.')
    when exact is not null then plain_decimal(exact)
    else value end;
create macro sorted_tags(entries) as
  '{' || array_to_string(list_transform(list_sort(entries),
    lambda tag: to_json(tag.key)::varchar || ':' || to_json(coalesce(tag.value, ''))::varchar), ',') || '}';
create macro canonical_tags(tags) as
  case when tags is null then '{}'
    when not json_valid(tags) then null
    when json_type(tags) = 'OBJECT'
    then replace(sorted_tags(map_entries(from_json(tags, '"MAP(VARCHAR, VARCHAR)"'))), '\\u0000', '')
    when json_type(tags) = 'ARRAY'
    then replace(sorted_tags(from_json(tags, '[{"key":"VARCHAR","value":"VARCHAR"}]')), '\\u0000', '')
  end;
create macro copy_text(value) as
  case when contains(value, '\\') or contains(value, chr(10)) or contains(value, chr(13))
      or contains(value, ${LINE_DELIMITER}) or contains(value, chr(0))
    then replace(replace(replace(replace(replace(value, chr(0), ''), '\\', '\\\\'), chr(10), '\\n'), chr(13), '\\r'),
      ${LINE_DELIMITER}, '\\x1f')
    else value end;
create macro array_text(value) as
  case when value is null then 'NULL'
    when contains(value, '"') or contains(value, '\\') or contains(value, chr(0))
    then '"' || replace(replace(replace(value, chr(0), ''), '\\', '\\\\'), '"', '\\"') || '"'
    else '"' || value || '"' end;
`;
