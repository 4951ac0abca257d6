/** What the channels and purposes of consent are called. */
export const channelWords = {
  name: {
    email: 'E-mail',
    sms: 'SMS',
    tracking: 'Tracking',
    cookies: 'Cookies',
    saleSharing: 'Sale and sharing',
    profiling: 'Profiling',
  },
  yes: 'granted',
  no: 'refused',
};
