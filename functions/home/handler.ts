import { homeContract } from '../../shared/home/contract.ts'
import { openPlatform, readConfig } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { homeAccess } from './access.ts'
import { type HomePlatform, state } from './state.ts'

/** What is private of Home: the one function that every visit calls. */
export const homeHandler = (platform: HomePlatform) => serve(homeContract, platform, {}, { state: state(platform) })

export const handler = homeHandler(openPlatform(readConfig(), homeAccess))
