/** Words of questions that name nothing of an estate. A word outside this list, where a name could stand, is one. */
export const commonWords: ReadonlySet<string> = new Set(
  `a able about above account accounts across actual actually add added after again against ago all allocate allocated
  almost along already also although always am among amount amounts an analyse analysis analyze and annual annually
  another answer any anybody anyone anything app application applications apps apart are area areas around as ask asked
  at available average avg away back bad based basis be because been before begin beginning behind being below best
  better between big bigger biggest bill billed billing bills bit both bought break breakdown broke broken bucks budget
  burn burned burning burns eat eaten eating eats
  business but buy by calculate calendar call came can cant category categories cause caused causes change changed
  changes changing charge charged charges chart charts cheap cheaper cheapest check clear cloud clouds come comes coming
  companies company compare compared comparing comparison complete consume consumed consumes consuming consumption
  contribute contributed contributes contributing contributor contributors cost costing costliest costly costs could count
  couple cover covered credit credits currency currencies current currently customer cut daily data date dates day days dearest
  deal decline declined decrease decreased decreases deep department departments detail detailed details did didnt
  difference different directly display distribution divided do does doesnt doing dollar dollars done dont down drill
  drive driven driver drivers drives driving drop dropped due during each earlier easy effective either else end ended
  ending enough entire environment environments equal especially estate etc euro euros even ever every everybody everyone
  everything evolution evolve evolved exact exactly example except exclude excluded excluding expense expenses expensive
  explain explanation extra fall far fast faster fell few fewer figure figures fill find fine first five fiscal focus
  follow following for forecast form format found four from full further general generally get gets getting give given
  gives go goes going gone good got graph great grew group grouped groups grow growing grown growth had half happen
  happened happening happens has hasnt have havent having he help her here high higher highest him his history hit hold
  hour hourly hours how however huge i idea identify if im impact important in include included includes including
  increase increased increases increasing incur incurred indeed individual info information infrastructure instance
  instances instead interested into invoice invoiced invoices is isnt it item items its itself jump jumped just keep
  kept kind kinds know known lack large larger largest last late lately later latest least left less let lets level like
  likely line linear list listed lists little live ll location locations long longer look looking looks lot lots low
  lower lowest machine machines made main mainly major make makes making many march match matched matches matching may maybe me mean means meant measure
  might mind mine minus minute minutes missing money month monthly months more most mostly move moved movement much must
  my name named names near nearly need needed needs net never new newest next no nobody none normal not note nothing now
  number numbers of off offer often ok okay old older on once one ones only onto open or order ordered organisation
  organization original other others our ours out over overall overview own paid part particular past pay paying payment
  pays peak pct per percent percentage percentages perhaps period periods person picture piece place plan plans please
  plot plus point points position possible present previous price priced prices pricing pricey priciest prior probably problem
  product products project projects proportion provide provided provider providers public purchase purchases put quarter
  quarterly quarters question quick quickly quite ran range rank ranked ranking rate rates rather ratio re read real
  realized really reason reasons recent recently record reduce reduced reduction region regions regular related relative
  rest result results retail right rise rises rising rose roughly run running runs said same save saved savings saw say score scores pillar pillars checks findings secure security reliability resilient
  says second see seem seems seen sees separate server servers service services set several share shares she short should show
  showed showing shown shows side significant similar simple simply since single size slice slight small smaller smallest
  so some somebody someone something sort sorted source sources spec specific spend spender spenders spending spends
  spent spike spiked spikes split spread spot stack start started starting state stats status stay still stood stop story
  subscription subscriptions subs such sum summarise summarize summarized summary sure surge t table tag tagged tags take
  taken takes taking talk tax taxes team teams tell tells ten than thank thanks that thats the their them then there
  theres these they thing things think this those though three through throughout thus till time timeline times to today
  together told tomorrow too took top total totalled totals toward towards track trend trends trending tried true try
  turn two type types under unit units until unusual up update updated upon us usage use used user users uses using
  usual usually value values various vary vendor vendors versus very via view vs wait want wanted wants was wasnt way we
  week weekend weekly weeks well went were what whats whatever when where whether which while who whole whom whose why
  will with within without wont word words work worked working workload workloads works worst worth would wouldnt year
  yearly years yes yesterday yet you your yours yr ytd mtd qtd amortized amortised actuals list contracted unblended
  untagged tagless resource resources resourcegroup rg rgs hey hi hello kindly gimme wanna gonna pull fetch compute
  spendings expenditure expenditures outlay bills' biggies max min maximum minimum median sometime plz pls whole
  itemised itemized cents cent usd eur gbp k m thousand million over-time over-all allotted attributable attributed
  responsible accounted account's accounting belonging belongs comprised comprises makeup composition mix pie bar
  february january april june july august september october november december monday tuesday wednesday thursday friday
  saturday sunday spring summer autumn winter fall q1 q2 q3 q4 h1 h2 fy mom yoy wow fraction against cloudoptima
  double doubled doubles doubling triple tripled halve halved twice thrice zero second third fourth fifth median normal combined plus rank operate operating own owns owned team-wise summed spike spikes lots biggish partner accrual accruals accrued outlay outlays driver rely relies need
  board deck slide slides report reports meeting presentation management boss manager cfo cto ceo coo auditor audit review
  controller controlling colleague colleagues urgent curious wonder wondering briefly pretty guys folks sanity
  moment presently inventory estate inside attached unattached deallocated stopped running idle
  weekday weekdays workday workdays weekends mondays tuesdays wednesdays thursdays fridays saturdays sundays tracking sentence sentences paragraph bullet bullets brief summary nutshell exceed exceeds exceeded exceeding surpass surpassed wherever typical typically stuff
  stand standing tally grand ballpark
  protect protects protected guard guards guarding night nights overnight nightly delete deletes deleted deleting remove removes removed removing retire retired retiring undo undone resize resized resizing stop stops stopping shut suppress suppressed dismiss dismissed reserve safe safely incl
  somehow anyway kinda sort-of basically literally honestly hm hmm um uh oh ah right? cost? finops`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words worth correcting a typing error to: those that carry a question's meaning. */
export const meaningWords: readonly string[] =
  `service services region regions resource resources subscription subscriptions provider providers breakdown spending
  spend spent month months monthly quarter yesterday weekly daily trend compare comparison billed invoice amortized
  effective savings recommendations recommend storage bandwidth database databases virtual machine machines explain
  increase increased decrease expensive untagged production development january february march april august september
  october november december percentage average account accounts category categories unattached network networking
  egress which what where when much many show between than application applications weekend weekends cluster clusters owner owners team teams week weeks cost costs kubernetes environment department project invoice forecast total cheapest costliest subscription overall yearly trends compared`
    .split(/\s+/)
    .filter(Boolean);
