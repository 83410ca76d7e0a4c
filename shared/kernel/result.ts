import type { Problem } from './problem.ts'

/** An outcome that was expected: a value, or a problem the caller can act on. */
export type Result<Value, Failure = Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Failure }

/** A success holding `value`. */
export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })

/** An expected failure, as data. */
export const fail = <Failure>(problem: Failure): { ok: false; problem: Failure } => ({ ok: false, problem })
