import {
  IconAddressBook,
  IconBolt,
  IconChartBar,
  IconDatabasePlus,
  IconFilter,
  IconSend,
  IconSettings,
  IconShieldLock,
} from '@tabler/icons-react';
import { shellWords } from '../../words/shell.ts';

const { tabs: names } = shellWords;

/** The eight tabs, in their order. */
export const tabs = [
  { to: '/profiles', name: names.profiles, Icon: IconAddressBook },
  { to: '/segments', name: names.segments, Icon: IconFilter },
  { to: '/audiences', name: names.audiences, Icon: IconSend },
  { to: '/events', name: names.events, Icon: IconBolt },
  { to: '/analytics', name: names.analytics, Icon: IconChartBar },
  { to: '/enrichment', name: names.enrichment, Icon: IconDatabasePlus },
  { to: '/privacy', name: names.privacy, Icon: IconShieldLock },
  { to: '/settings', name: names.settings, Icon: IconSettings },
] as const;
