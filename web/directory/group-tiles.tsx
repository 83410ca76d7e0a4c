import type { Group } from '../../shared/directory/contract.ts'
import { byLabel } from '../../shared/kernel/names.ts'
import { LinkButton } from '../ui/button.tsx'
import styles from './directory.module.css'
import type { DirectorySchool } from './directory-schools.ts'

type GroupTilesProps = {
  readonly title: string
  readonly groups: readonly Pick<Group, 'id' | 'name'>[]
  readonly school: DirectorySchool
}

/** Links to classes or groups, in their order. */
export const GroupTiles = ({ title, groups, school }: GroupTilesProps) =>
  groups.length === 0 ? null : (
    <section className={styles.section}>
      <h2>{title}</h2>
      <ul className={styles.tiles}>
        {[...groups]
          .sort((a, b) => byLabel(a.name, b.name))
          .map(group => (
            <li key={group.id}>
              <LinkButton
                wide
                to="/directory/classes/:group"
                params={{ group: group.id }}
                search={{ school: school.uai }}
              >
                {group.name}
              </LinkButton>
            </li>
          ))}
      </ul>
    </section>
  )
