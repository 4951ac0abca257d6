import type { ReactNode } from 'react';
import { Notices } from '../../ui/notices.tsx';
import { AccountMenu } from './account-menu.tsx';
import { JobsButton } from './jobs-button.tsx';

/** What opens from the header; it comes after the frame is drawn. */
const HeaderMenus = (): ReactNode => (
  <>
    <JobsButton />
    <AccountMenu />
    <Notices />
  </>
);

export default HeaderMenus;
