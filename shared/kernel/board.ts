import * as z from 'zod/mini'
import { AudienceId, PersonId, Uai } from './ids.ts'
import { type Role, roles, territoryRoles } from './role.ts'
import { SchoolName } from './school.ts'

type ObjectSchema = z.core.$ZodObject

/**
 * A board: what an audience reads alike of one service, published as a file to the edge's bucket and never queried. Its
 * name changes with its content, so that a device fetches each state once. From the declaration follow the renderer's
 * type (functions/platform), the client's reader (web/platform), the OpenAPI document and the access tests.
 */
export type Board<Service extends string = string, Schema extends ObjectSchema = ObjectSchema> = {
  readonly kind: 'board'
  /** The feature's name: the beginning of the names of its files. */
  readonly service: Service
  /** One sentence for the OpenAPI document. */
  readonly summary: string
  /** The version of the schemas. It is part of a file's name: whoever changes a schema raises it. */
  readonly shape: number
  /** The kinds of audience that have one. */
  readonly audiences: readonly string[]
  /**
   * The most that stands in it, by what is counted: rows of a field, days, or `bytes` of its JSON in UTF-8, which is about
   * three times what is sent. Everybody fetches a board anew whenever it changes: about 8 KB are sent at most.
   */
  readonly holds: Readonly<Record<string, number>>
  readonly schema: Schema
  /** Files that the board names, by part: what is too long to be fetched by everybody at each change. */
  readonly parts: Readonly<Record<string, ObjectSchema>>
  /**
   * Earlier shapes that the app still reads, until all boards are rendered anew after a deploy. `upgrade` converts a file
   * of a part (`board`: the board itself) to the current shape.
   */
  readonly former?: readonly FormerShape[]
}

/** An earlier shape of a board. */
export type FormerShape = {
  readonly shape: number
  readonly upgrade: (part: string, content: unknown) => unknown
}

/** Declares a board. */
export const board = <
  const Service extends string,
  Schema extends ObjectSchema,
  const Declared extends Board<Service, Schema>,
>(
  declared: Declared & Board<Service, Schema>,
): Declared => declared

/**
 * The name of a board's file: service, `-` and the part unless it is the board itself, shape, and 65 bits of an HMAC over
 * audience, shape and content under a secret of the territory: `news.1.4f7k2m9q0r8s5`, `news-text.1.0c3m8v2t9k1aa`.
 */
export const BoardFile = z.string().check(z.regex(/^[a-z]{1,20}(-[a-z]{1,20})?\.[1-9]\d{0,3}\.[0-9a-hjkmnp-tv-z]{13}$/))

/** The prefix that the paths of boards and indexes share. */
export const boardsPrefix = '/boards/'

/** The path of a board's file at the edge. */
export const boardPath = (audience: string, file: string): string => `${boardsPrefix}${audience}/${file}`

/** Who an index is for: an index lists only audiences that this role can hold. */
export const indexRoles = ['pupils', 'guardians', 'staff'] as const
export type IndexRole = (typeof indexRoles)[number]

/** The index that somebody with a role in a school asks for. */
export const indexRoleOf = (role: Role): IndexRole =>
  role === 'pupil' ? 'pupils' : role === 'guardian' ? 'guardians' : 'staff'

/**
 * An earlier shape of the index. As long as it is listed, each index is put in both shapes, so that a device that still
 * runs the previous app goes on reading; a later release drops it, and the files with it.
 */
export type FormerIndex = {
  readonly shape: number
  /** The index in this shape. */
  readonly downgrade: (index: BoardIndex) => unknown
  /** An index of this shape in the current one: what a device holds, and what is there until all are put anew. */
  readonly upgrade: (index: unknown) => unknown
}

/** The shapes of indexes; each is part of the address. Whoever changes the schema raises `current` and lists the former. */
export type IndexShapes = { readonly current: number; readonly former: readonly FormerIndex[] }
export const indexShapes: IndexShapes = { current: 1, former: [] }

/** The path of the index of a school and role at the edge. */
export const indexPath = (uai: string, role: IndexRole, shape = indexShapes.current): string =>
  `${boardsPrefix}index.${shape}/${encodeURIComponent(uai)}/${role}`

/**
 * The index of a school and role: which files are the current boards of its audiences. An audience without a board is
 * not listed.
 */
export const BoardIndex = z.object({
  school: SchoolName,
  /** Seconds between two requests for it, for somebody who looks. */
  poll: z.int().check(z.minimum(1)),
  audiences: z.array(
    z.object({
      id: AudienceId,
      kind: z.string(),
      label: z.string(),
      group: z.optional(z.string()),
      /** Of each service the board's current file; during a change of shape perhaps in two shapes. */
      boards: z.array(BoardFile),
    }),
  ),
})
export type BoardIndex = z.infer<typeof BoardIndex>

/** Seconds for which the edge keeps an index (RFC 9111, RFC 5861). */
export const indexCache = { ttl: 3, staleWhileRevalidate: 3, staleIfError: 86_400 } as const
/**
 * Seconds for which the edge keeps a board or another file, and what the API adds to a board: pages of older rows and
 * their texts. None while it revalidates: what was withdrawn is gone 60 s later everywhere, while the origin answers.
 */
export const boardCache = { ttl: 55, staleWhileRevalidate: 0, staleIfError: 86_400 } as const

/**
 * Seconds between two requests for an index, for somebody who looks, unless the index says otherwise. A deploy that changes
 * it has all indexes put anew, so that devices follow within minutes, without an update of the app.
 */
export const pollSeconds = 20

/** The path at which the edge itself answers who one is. */
export const edgeMePath = `${boardsPrefix}me`

/**
 * What the viewer function says of a verified token, so that a device that holds nothing but its cookie can read while
 * the API is down. Instants are epoch seconds.
 */
export const EdgeMe = z.object({
  person: PersonId,
  schools: z.array(z.object({ uai: Uai, roles: z.array(z.enum(roles)), audiences: z.array(AudienceId) })),
  territoryRoles: z.optional(z.array(z.enum(territoryRoles))),
  /** Until when the token is good for the API, and for boards and media. */
  expiresAt: z.int(),
  readableUntil: z.int(),
  /** The edge's clock. */
  now: z.int(),
})
export type EdgeMe = z.infer<typeof EdgeMe>
