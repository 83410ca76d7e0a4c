/** Writes OneRoster CSV files row by row, as tests need them. */

export const uai = '0990001A'
export const otherUai = '0990002B'

const begin = 'sourcedId,status,dateLastModified'

/** A file of `columns` after the three all files begin with; rows are written as they are. */
export const csv = (columns: string, ...rows: readonly string[]): string =>
  [`${begin},${columns}`, ...rows, ''].join('\n')

export const manifest = (modes: Readonly<Record<string, string>>, version = '1.1'): string =>
  [
    'propertyName,value',
    'manifest.version,1.0',
    `oneroster.version,${version}`,
    ...Object.entries(modes).map(([kind, mode]) => `file.${kind},${mode}`),
    '',
  ].join('\n')

const every = (mode: string) =>
  Object.fromEntries(['orgs', 'classes', 'users', 'enrollments'].map(kind => [kind, mode]))

export const orgs = (...rows: readonly string[]) => csv('name,type,identifier,parentSourcedId', ...rows)
export const classes = (...rows: readonly string[]) =>
  csv('title,classType,courseSourcedId,schoolSourcedId,termSourcedIds', ...rows)
export const enrollments = (...rows: readonly string[]) =>
  csv('classSourcedId,schoolSourcedId,userSourcedId,role', ...rows)
export const users = (...rows: readonly string[]) =>
  csv('enabledUser,orgSourcedIds,role,username,givenName,familyName,agentSourcedIds', ...rows)
/** Those of 1.2, whose roles stand in roles.csv. */
export const usersOf12 = (...rows: readonly string[]) =>
  csv('enabledUser,username,givenName,familyName,agentSourcedIds', ...rows)
export const roles = (...rows: readonly string[]) => csv('userSourcedId,roleType,role,orgSourcedId', ...rows)

/** A bulk 1.1 feed: two schools, a class and a group, two pupils, the guardian of one, a teacher. */
export const bulk = () => ({
  'manifest.csv': manifest(every('bulk')),
  'orgs.csv': orgs(
    'd1,,,Comté de Valmont,district,,',
    `o1,,,Collège des Saules,school,${uai},d1`,
    `o2,,,École du Lavoir,school,${otherUai},d1`,
  ),
  'classes.csv': classes('c1,,,6e A,homeroom,k1,o1,t1', 'c2,,,Latin,scheduled,k2,o1,t1'),
  'users.csv': users(
    'p1,,,true,o1,student,zpetit,Zoé,Petit,g1',
    'p2,,,true,o1,student,agrand,Ali,Grand,',
    'g1,,,true,,guardian,npetit,Noé,Petit,',
    't1,,,true,o1,teacher,ablanc,Anne,Blanc,',
  ),
  'enrollments.csv': enrollments(
    'e1,,,c1,o1,p1,student',
    'e2,,,c1,o1,p2,student',
    'e3,,,c2,o1,p1,student',
    'e4,,,c1,o1,t1,teacher',
  ),
})

/** The same in 1.2. The teacher teaches in both schools. */
export const bulkOf12 = () => ({
  ...bulk(),
  'manifest.csv': manifest({ ...every('bulk'), roles: 'bulk' }, '1.2'),
  'users.csv': usersOf12(
    'p1,,,true,zpetit,Zoé,Petit,g1',
    'p2,,,true,agrand,Ali,Grand,',
    'g1,,,true,npetit,Noé,Petit,',
    't1,,,true,ablanc,Anne,Blanc,',
  ),
  'roles.csv': roles(
    'r1,,,p1,primary,student,o1',
    'r2,,,p2,primary,student,o1',
    'r3,,,g1,primary,parent,d1',
    'r4,,,t1,primary,teacher,o1',
    'r5,,,t1,secondary,teacher,o2',
  ),
})

export const day = '2026-09-02T06:00:00Z'

/** A delta of the files given. */
export const delta = (files: Readonly<Record<string, string>>, version = '1.1') => ({
  'manifest.csv': manifest(
    Object.fromEntries(Object.keys(files).map(name => [name.replace('.csv', ''), 'delta'])),
    version,
  ),
  ...files,
})
