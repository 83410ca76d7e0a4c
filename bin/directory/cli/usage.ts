/** What `--help` says. */
export const usage = `Usage: npm run directory -- <command>

  import <folder|zip>     import an AAF feed, OneRoster CSV or School Data Sync CSV
      --dry-run           write nothing, report what would be done
      --json              the report as JSON and nothing else (with npm run --silent)
      --strict            refuse what deviates from the format
      --confirm <uai>     import a school that was held back (may be given again for another)
      --out-of-order      import what is older than the last delivery, or a delta without a complete one
      --source <name>     tell this feed's keys apart from another's
      --year <2026-2027>  its school year, where it does not tell the right one itself
      --year-begins <09-01>  month and day on which school years begin, where --territory does not tell
  identify --person <key of the feed> --source <source> --as another|same
                          who somebody is whom an import holds, because their key was that of another name
  join <login or id> <login or id>
                          two people whom different feeds describe are one: says who they are, and asks
  separate <login or id>  take it back; no import joins them again
      --yes               do not ask
  erase <login or id>     erase somebody whom no feed describes any more; without a person: go on where it stopped
      --dry-run           erase nothing, list what would be
      --yes               do not ask
  codes --school <uai>    activation codes for all who have no active account and no code that is still good
      --renew             also for those who hold one: it says how many sheets are void then, and asks
      --yes               do not ask
      --out <folder>      where the CSV and the page to print are written
      --address <url>     another address than the territory's
      --language fr|en    the language of both files (fr)
  administrator --school <uai> --person <login or key of the feed>
      --end               take it back
  territory-role --person <login> --role operator|authority
      --end               take it back
  freeze --person <login> --reason <text>
                          nothing goes out from an account any more: it was stolen
      --end               take it back
  reset-factor --person <login>
                          remove a second factor that was lost, of the only one in charge of a school
  outage --from <2026-11-24T16:30> --to <2026-11-24T17:20> --reason <text>
                          Préau could not be reached: what was handed in then or two hours later is not late
  deliver-again           deliver again what the stream set aside, and count anew what was short
      --dry-run           deliver nothing, say what would be
  boards                  have all boards rendered anew: after the loss of their bucket
  demo                    load the demo county

  The territory on this machine, or:
      --data <folder>     another folder than .preau/
      --table <name> --region <region>    a deployed one
      --territory <name>  its name in lib/territories.ts, which tells its time zone, its school years and its address
      --endpoint <url>    with --table: a service that speaks DynamoDB's protocol`

const flag = { type: 'boolean' } as const
const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

/** Options of every command. */
export const everywhere = {
  help: flag,
  data: text,
  table: text,
  region: text,
  endpoint: text,
  territory: text,
} as const

/** Each command with its options. */
export const ofCommand = {
  import: {
    'dry-run': flag,
    json: flag,
    strict: flag,
    confirm: texts,
    'out-of-order': flag,
    source: text,
    year: text,
    'year-begins': text,
  },
  identify: { person: text, source: text, as: text },
  join: { yes: flag },
  separate: { yes: flag },
  erase: { 'dry-run': flag, yes: flag },
  codes: { school: text, renew: flag, yes: flag, out: text, address: text, language: text },
  administrator: { school: text, person: text, end: flag },
  'territory-role': { person: text, role: text, end: flag },
  freeze: { person: text, reason: text, end: flag },
  'reset-factor': { person: text },
  outage: { from: text, to: text, reason: text },
  'deliver-again': { 'dry-run': flag },
  boards: {},
  demo: {},
} as const
