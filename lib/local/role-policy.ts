import * as z from 'zod/mini'
import type { May } from './s3/permissions.ts'

const texts = z.union([z.string(), z.array(z.string())])

const Statement = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
  Condition: z.optional(z.unknown()),
})
/** A statement of a role's policy. */
export type RoleStatement = z.infer<typeof Statement>

export const RolePolicyProperties = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: z.strictObject({ Version: z.string(), Statement: z.array(Statement) }),
  Roles: z.array(z.string()),
})

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)

/** Whether a name of an action or a resource fits a pattern of IAM, in which `*` and `?` stand for any signs. */
const fits = (pattern: string, name: string): boolean => {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 's').test(name)
}

/**
 * The statements of a role's policy that concern S3, which alone checks permissions on this machine. Throws an error for
 * one that is not evaluated here: a denial, or a condition.
 */
export const s3Statements = (statements: readonly RoleStatement[]): RoleStatement[] => {
  const ofS3 = statements.filter(({ Action }) => list(Action).some(action => /^(s3:|\*)/.test(action)))
  for (const { Effect, Condition, Action } of ofS3)
    if (Effect === 'Deny' || Condition !== undefined)
      throw new Error(`A denial of, or a condition on ${list(Action).join(', ')} is not supported here`)
  return ofS3
}

/** What these statements allow, asked anew at each request, since policies of a role may be added after its function. */
export const allowedBy =
  (statements: () => readonly RoleStatement[]): May =>
  (action, arn) =>
    statements().some(
      ({ Action, Resource }) =>
        list(Action).some(pattern => fits(pattern, action)) && list(Resource).some(pattern => fits(pattern, arn)),
    )
