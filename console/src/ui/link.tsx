import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Rest<Own> = Omit<ComponentPropsWithRef<'a'>, keyof Own>;

/** A link within the console. */
export const Link = createLink((props: AnchorProps & Rest<AnchorProps>) => <Anchor component="a" {...props} />);

/** A link within the console that looks like a button. */
export const ButtonLink = createLink((props: ButtonProps & Rest<ButtonProps>) => <Button component="a" {...props} />);
