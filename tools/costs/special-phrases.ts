import { oneDay } from "./calendar.ts";
import { MONTH, NUMBER, type Phrase, phrase, UNIT } from "./period-grammar.ts";

/** Told from another period of the text; alone they mean nothing. */
export const anchoredPhrases: Phrase[] = [
  phrase(
    `(?:the )?same (?:period|months?|quarter|time|weeks?|days?|year) (?:of |in )?(?:the )?(?:(?:last|previous|prior)(?: year| one)?|year before)|(?:a|one) year (?:earlier|before)|(?:the )?year before|year[- ]o(?:ver|n)[- ]year|yoy`,
    (_m, today) => ({ ...oneDay(today), relative: "year_before" }),
  ),
  phrase(
    `(?:the )?(?:previous|prior|preceding) (?:one|period)|(?:the )?(?:period|day|week|month|quarter) (?:before|prior)(?: that| it)?|(?:a|one) (?:week|month|quarter) (?:earlier|before)|month[- ]o(?:ver|n)[- ]month|week[- ]o(?:ver|n)[- ]week|quarter[- ]o(?:ver|n)[- ]quarter|(?:the )?${NUMBER} (?:day|week|month|quarter)s (?:before|prior)(?: that| it)?`,
    (_m, today) => ({ ...oneDay(today), relative: "previous" }),
  ),
];

/** What we cannot answer from past cost by the calendar, said instead of guessed. */
export const unsupportedPhrases: Phrase[] = [
  phrase(
    "(?:(?:last|this|previous|current|next|our|the) )?(?:fiscal|financial)(?:[- ](?:year|quarter|half|month|period|q[1-4]|h[12]|[yqm]td))?(?:[- ](?:to[- ]date|so far))?(?: (?:20)?\\d\\d)?|f[yq]td|(?:(?:last|this|previous|current|our|the) )?fy(?: ?['’]?(?:\\d{2}|20\\d\\d)(?:[-/ ](?:20)?\\d\\d)?)?(?:[- ]?(?:q[1-4]|h[12]))?(?:[- ](?:to[- ]date|so far))?|(?:q[1-4]|h[12])[- ]?(?:of )?fy ?['’]?(?:\\d{2}|20\\d\\d)",
    () => ({
      unsupported: "fiscal calendars are not set up here; name calendar months or quarters instead",
    }),
  ),
  phrase(`(?:the )?(?:next|coming|upcoming) (?:${NUMBER} )?(?:${UNIT}s?|weekend|${MONTH})|tomorrow`, () => ({
    unsupported: "it lies in the future; cost data is about the past",
  })),
  phrase("(?:the )?(?:rest|remainder) of (?:the|this) (?:week|month|quarter|year)", () => ({
    unsupported: "it lies in the future; cost data is about the past",
  })),
  phrase(
    "(?:(?:since|over|in|during|before|after) )?(?:(?:the|last|this) )+(?:spring|summer|autumn|winter|holidays)|(?:since|over|in|during) (?:spring|summer|autumn|winter)",
    () => ({
      unsupported: "seasons begin on different days for different people; name the months",
    }),
  ),
  phrase(
    "(?:the )?(?:first|last|past|final) (?:few|several|some) (?:hours|days|weeks|months)|(?:the )?(?:first|last|final) (?:days|weeks)(?= of)",
    () => ({
      unsupported: "it does not say how many",
    }),
  ),
  phrase(
    `(?:the )?(?:first|last|final|${NUMBER}(?:st|nd|rd|th)?)(?: ${NUMBER})? ?(?:days?|weeks?|weekends?)? of (?:each|every|any) (?:month|quarter|year|week)`,
    () => ({ unsupported: "only unbroken stretches of days can be asked for" }),
  ),
  phrase(
    "(?:on )?(?:weekdays|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days|business days|working days)|(?:every|each|all) (?:weekday|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:by|per|which|what) (?:weekday|day of (?:the )?week)|days? of (?:the )?week",
    () => ({
      unsupported: "only unbroken stretches of days can be asked for",
    }),
  ),
  phrase(
    "hourly|(?:per|by|each|which|what) (?:the )?hour|(?:this|yesterday|in the) (?:morning|afternoon|evening)|tonight|last night|overnight|(?:last|past) hour|(?:at )?\\d{1,2}(?::\\d\\d)? ?[ap]m|at \\d{1,2}:\\d\\d",
    () => ({
      unsupported: "costs are kept by day, not by hour",
    }),
  ),
];
