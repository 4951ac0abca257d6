/**
 * The types of events that the platform knows; what each means for a profile stands in `docs/events.md`. Every other
 * name is a custom event. Heads name a type by its place in this list: add at the end, never remove.
 */
export const knownEventTypes = [
  'page_view',
  'product_view',
  'add_to_cart',
  'remove_from_cart',
  'wishlist',
  'purchase',
  'refund',
  'email_open',
  'email_click',
  'email_unsubscribe',
  'form_submit',
  'contact_request',
  'identify',
  'consent',
  'custom',
  'spam_complaint',
] as const;
