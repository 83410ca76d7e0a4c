/** True within `npm run prove`, which takes as long as it needs; `npm test` takes some minutes. */
export const isProof = process.env.PREAU_PROVE === '1'

/**
 * How much of something to try: `short` in `npm test`, which is enough to notice that it is broken, and `long` in
 * `npm run prove`. Any value: a number of runs, a list of cases.
 */
export const runs = <Amount>(short: Amount, long: Amount): Amount => (isProof ? long : short)
