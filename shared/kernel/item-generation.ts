/**
 * The generation of the table's items: it grows by one with each migration (functions/platform/migration.ts).
 * `current`: the one that this release writes. `oldest`: the one from which this release migrates; a territory of an
 * earlier one is first started with a release in between.
 * Decision: docs/decisions/0027-items-and-their-migrations.md
 */
export const itemGenerations = { oldest: 3, current: 3 } as const
