import type { Role } from '../../../../shared/kernel/role.ts'

/** What the roles of OneRoster and School Data Sync stand for. */
export type Meaning = 'pupil' | 'guardian' | Extract<Role, 'teacher' | 'head' | 'staff'> | 'nobody'

const meanings: Readonly<Record<string, Meaning>> = {
  student: 'pupil',
  teacher: 'teacher',
  professor: 'teacher',
  lecturer: 'teacher',
  instructor: 'teacher',
  faculty: 'teacher',
  adjunct: 'teacher',
  principal: 'head',
  // Administrators are granted their role by the operator, not by a feed.
  administrator: 'staff',
  siteadministrator: 'staff',
  districtadministrator: 'staff',
  systemadministrator: 'staff',
  schooladministrator: 'staff',
  aide: 'staff',
  counselor: 'staff',
  proctor: 'staff',
  staff: 'staff',
  guardian: 'guardian',
  parent: 'guardian',
  relative: 'nobody',
  user: 'nobody',
}

export const meaningOf = (role: string): Meaning | undefined => meanings[role.toLowerCase().replace(/[^a-z]/g, '')]
