/**
 * Kinds of audience, each a set of people derived from the directory.
 * `school`: everyone in it. `pupils`, `guardians`, `teachers`, `adults`: a role in a school (`adults`: all who work there).
 * `class`, `class-guardians`: the pupils of a class or teaching group, and their guardians; its teachers read both.
 */
export const audienceKinds = [
  'school',
  'pupils',
  'guardians',
  'teachers',
  'adults',
  'class',
  'class-guardians',
] as const

/** Those of a school as a whole, as against those of a class or group. */
export const schoolKinds = ['school', 'pupils', 'guardians', 'teachers', 'adults'] as const satisfies AudienceKind[]

export type AudienceKind = (typeof audienceKinds)[number]
