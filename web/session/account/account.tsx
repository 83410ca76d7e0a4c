import { isPost } from '../../../shared/kernel/charge.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { Screen } from '../../ui/screen.tsx'
import { SecondFactor } from '../factor/second-factor.tsx'
import styles from './account.module.css'
import { ChangePassword } from './change-password.tsx'
import { Devices } from './devices.tsx'
import { Identity } from './identity.tsx'
import { Preferences } from './preferences.tsx'
import { texts } from './texts.ts'

/** My account: who I am, my settings, my password, where I am signed in. */
export const Account = () => {
  const t = useTexts(texts)
  const me = useMe()
  return (
    <Screen title={t('session.account')}>
      <div className={styles.page}>
        <div className={styles.column}>
          <Identity me={me} />
          <Preferences me={me} />
          {me.roles.some(isPost) && <SecondFactor />}
        </div>
        <div className={styles.column}>
          <Devices />
          <ChangePassword me={me} />
        </div>
      </div>
    </Screen>
  )
}
