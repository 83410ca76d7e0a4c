/** What a hand-in that waits is about: a pupil's assignment, of which the versions are sent in their order. */
export const subjectOfHandIn = ({ piece, pupil }: { readonly piece: string; readonly pupil: string }): string =>
  `hand-in ${piece} ${pupil}`
