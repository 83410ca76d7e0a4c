/** A version of a hand-in, as it was acknowledged. */
type Version = { readonly id: string; readonly by: string; readonly text: string; readonly files: readonly string[] }

/** What a pupil handed in of an assignment, and what the teacher did with it. */
export type HandedIn = {
  readonly versions: Version[]
  note?: { readonly comment: string; readonly mark: string; readonly files: readonly string[] }
  returned?: boolean
  isAgain?: boolean
}

/** A piece of work of one class. `attachment`: the document that hangs on it. */
export type SetPieceOfDay = {
  readonly by: string
  readonly group: string
  readonly title: string
  readonly attachment: string
  readonly isAssignment: boolean
  readonly ticked: Set<string>
  readonly handIns: Map<string, HandedIn>
  reminded?: readonly string[]
}

export type NewsOfDay = { readonly title: string; readonly seen: Set<string>; readonly signed: Set<string> }

/**
 * What was acknowledged during a day, by names of people and ids of things: sets and lists, without any of the rules, keys
 * and counts of the functions.
 */
export const openModel = () => ({
  /** By space (a person's name, or an audience): the documents by id, with their content. */
  documents: new Map<string, Map<string, { readonly name: string; readonly bytes: Buffer }>>(),
  pieces: new Map<string, SetPieceOfDay>(),
  /** By pupil: their own tasks, by id. */
  tasks: new Map<string, Map<string, string>>(),
  news: new Map<string, NewsOfDay>(),
})

export type Model = ReturnType<typeof openModel>

/** The value of a key, made where there is none. */
export const of = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}
