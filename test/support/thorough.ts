/** Whether this is `npm run prove`, the long run of the tests. */
export const isProof = process.env.PREAU_PROVE === '1'

/**
 * The amount of something to test, such as a number of runs or a list of cases: `short` in `npm test`, `long` in
 * `npm run prove`.
 */
export const runs = <Amount>(short: Amount, long: Amount): Amount => (isProof ? long : short)
