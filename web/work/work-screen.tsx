import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { navigate, useSearch } from '../platform/navigation.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import { Segments } from '../ui/segments.tsx'
import { TeacherWeek } from './followed/teacher-week.tsx'
import { texts } from './texts.ts'
import { FamilyWeek } from './week/family-week.tsx'
import styles from './work-screen.module.css'

/** What the address says whose work is shown, of a teacher who is a guardian too. */
const ofChildren = 'children'

/** The work of a week: a teacher's classes, a pupil's own, or a guardian's children's. */
export const WorkScreen = () => {
  const t = useTexts(texts)
  const me = useMe()
  const { of } = useSearch('/notebook')
  const isTeacher = me.roles.some(({ role }) => role === 'teacher')
  const isBoth = isTeacher && me.children.length > 0
  const isSetting = isTeacher && !(isBoth && of !== undefined)
  const { givenName, familyName } = me.person
  return (
    <Screen
      title={t('work.title')}
      subtitle={[givenName, familyName].filter(Boolean).join(' ')}
      actions={
        isSetting && (
          <LinkButton variant="primary" icon="plus" to="/notebook/set">
            {t('work.set')}
          </LinkButton>
        )
      }
      beside={
        <Button variant="quiet" icon="print" bare onClick={() => print()}>
          {t('work.print')}
        </Button>
      }
    >
      {isBoth && (
        <Segments
          label={t('work.whose')}
          value={of === undefined ? '' : ofChildren}
          onChange={whose => navigate({ to: '/notebook', search: { of: whose || undefined }, replace: true })}
          segments={[
            { value: '', label: t('work.whose.classes') },
            { value: ofChildren, label: t('work.whose.children') },
          ]}
        />
      )}
      {isSetting ? <TeacherWeek me={me} /> : <FamilyWeek me={me} />}
      <p className={styles.years}>
        <LinkButton variant="quiet" icon="clock" to="/notebook/years">
          {t('work.years')}
        </LinkButton>
      </p>
    </Screen>
  )
}
