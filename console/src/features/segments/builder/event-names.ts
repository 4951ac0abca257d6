/** Types of events that most platforms have; any other one can be typed. */
export const eventNames = [
  'page_view',
  'product_view',
  'add_to_cart',
  'remove_from_cart',
  'checkout_started',
  'purchase',
  'refund',
  'email_open',
  'email_click',
  'unsubscribe',
  'login',
  'signup',
  'search',
  'form_submit',
];
