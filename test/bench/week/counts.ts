/** What a week is: assumed, never measured. */
export type Scenario = {
  /** Visits in the week, all territories together. */
  readonly visits: number
  /** Minutes of a visit during which the app is looked at, and polls. */
  readonly activeMinutes: number
  /** Page views of a visit. They cost nothing of their own: what a page shows is on the device. */
  readonly pageViews: number
  /** Schools whose indexes a person asks for. */
  readonly schoolsAPerson: number
  /** Publications a school and day, and days with publications. */
  readonly publications: number
  readonly days: number
  /** Share of visits by a device that holds nothing: it signs in and fetches the app. */
  readonly firstVisits: number
  readonly schools: number
  /** Classes of a school, and pieces of work that are set for each in the week: lessons and tasks. */
  readonly classes: number
  readonly pieces: number
  /** Visits that open the notebook: at two page views of eight, for no private read of its own. */
  readonly notebookVisits: number
  /** People of a school, of which so many pupils, who tick so many tasks a day of the week's. */
  readonly pupils: number
  readonly ticks: number
  /** Seconds between two requests for an index, as the index says. */
  readonly pollSeconds: number
}

/** The week of March 2020 in which every school closed, as the platforms' own account of it says. */
export const closureWeek: Scenario = {
  visits: 15_500_000,
  activeMinutes: 3,
  pageViews: 8,
  schoolsAPerson: 1.25,
  publications: 100,
  days: 5,
  firstVisits: 0.3,
  schools: 4_000,
  classes: 31,
  pieces: 30,
  notebookVisits: 1,
  pupils: 800,
  ticks: 1,
  pollSeconds: 20,
}

/** The same with longer visits and six times the publications. */
export const busyWeek: Scenario = { ...closureWeek, activeMinutes: 5, publications: 600 }

/**
 * What is counted of one visit, request or publication, and what stands for it until it is measured: the counts of the
 * estimate that was made before anything was built, or chosen so that its sums come out.
 */
export const assumed = {
  /** Bytes of a reply to a poll, headers included. */
  indexBytes: 3_500,
  /** Reads of the key-value store for a guarded request: signing key, losses, sometimes the school's mark. */
  keyValueReads: 2,

  /** Boards that a visit fetches at its beginning, for each of the person's schools. */
  boardsAtOpening: 3.65,
  /** Texts too long for a board that a visit fetches ahead, for each publication of a school and day. */
  textsAtOpening: 0.01,
  /** Share of a school's publications that concern one person. */
  concerned: 0.15,
  /** Files that a publication makes somebody fetch who looks: the board, and its text if it is long. */
  filesAPublication: 2,
  /** Bytes of a board or text, headers included. */
  fileBytes: 3_000,
  /** Share of requests for indexes and files that an edge location passes on. */
  passedOn: 0.66,
  /** 1 if these go through Origin Shield, 0 if not; and the share of them that it passes on. */
  shielded: 1,
  passedOnByShield: 0.96,

  /** Private reads of a visit: at its beginning, and then one each so many seconds until it ends. */
  privateReadsAtOpening: 3,
  privateReadSeconds: 180,
  privateReadUnits: 1,
  privateReadMs: 10,
  privateReadBytes: 1_000,

  /** Writes of a visit that say what was seen. */
  marks: 1.5,
  markWriteUnits: 5,
  markReadUnits: 0,
  markMs: 15,
  /** Invocations of the stream's function that follow one of them. The estimate had left them out. */
  markFollowUps: 0,
  markFollowUpMs: 40,

  /** Boards and texts of the notebook that such a visit fetches. */
  notebookBoards: 1.2,
  notebookTexts: 1,
  notebookFileBytes: 3_000,
  /** Of a tick, which is a request of its own, with what follows it. */
  tickWriteUnits: 4,
  tickReadUnits: 3,
  tickMs: 15,
  tickFollowUps: 1,
  tickFollowUpMs: 40,
  /** Of a piece of work: two boards, and the indexes that name them; with the note of which files are about to be put. */
  piecePuts: 5,
  pieceWriteUnits: 20,
  pieceReadUnits: 30,
  settingMs: 40,
  pieceRenderings: 2,
  pieceRenderingMs: 60,

  /** Renewals of the session's token in a visit. */
  renewals: 0.7,
  renewalWriteUnits: 4,
  renewalReadUnits: 2,
  renewalMs: 10,

  signInWriteUnits: 8,
  signInReadUnits: 3.5,
  /** Milliseconds of the function that hashes passwords. */
  signInMs: 240,

  /** Questions who one is in a visit: answered by the API, and by the edge. */
  whoByApi: 1,
  whoByEdge: 0,
  whoReadUnits: 1,
  whoMs: 10,
  whoBytes: 1_000,

  /** The app's files that a first visit fetches, and a later one; bytes of all of them together. */
  appFilesFirst: 22,
  appFilesAgain: 1,
  appBytesFirst: 150_000,
  appBytesAgain: 1_000,

  /**
   * Files put by a publication: board, text, the indexes that name the audience. Measured, the units hold the write of the
   * board's state that notes the files before they are put; the estimate had left it out.
   */
  puts: 5,
  publicationWriteUnits: 20,
  publicationReadUnits: 10,
  /** Milliseconds of the request that publishes; then invocations that write rows, boards and indexes. */
  publishingMs: 40,
  renderingInvocations: 2,
  renderingMs: 40,
} as const

export type CountName = keyof typeof assumed
export type Counts = { readonly [Name in CountName]?: number }
