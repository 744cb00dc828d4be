### Settings → Apple devices: the push certificate.

apple-devices = Apple devices
apple-text = Rollcall reaches iPhones and iPads through Apple’s push service, with a certificate that Apple issues to your organization for a year at a time.

## State

apple-state = Push certificate
apple-none = There is no push certificate. iPhones and iPads cannot be enrolled until you upload one.
apple-good = The push certificate is valid.
apple-ends = { $count ->
    [one] The push certificate expires in { $count } day. Renew it now: without it no iPhone or iPad can be reached.
   *[other] The push certificate expires in { $count } days. Renew it now: without it no iPhone or iPad can be reached.
 }
apple-ended = The push certificate has expired. Apple does not deliver pushes any more, and no iPhone or iPad can be reached. Renew it now: nothing has to be enrolled again.
apple-refused = Apple refuses the push certificate. It may have been revoked: renew it.
apple-topic = Topic
apple-serial = Serial number
apple-until = Valid until
apple-account = Apple Account
apple-account-none = not noted
apple-phones = Devices enrolled with it
apple-accepted = Last push that Apple accepted
apple-accepted-none = none since Rollcall was started

## Steps

apple-steps-first = Get a push certificate
apple-steps-renew = Renew the push certificate
apple-step-request = Make a request. Rollcall keeps its key and shows it to nobody.
apple-request = Make a request
apple-request-again = Make another request
apple-request-download = Download the request
# $time is when the request was made.
apple-request-made = Made { $time }. It waits for its certificate.
apple-step-sign = Have the request signed by a vendor that Apple knows: a signing service, or your own vendor certificate with this command:
apple-step-create = Sign in to identity.apple.com, choose “Create a Certificate”, and upload the signed request. Use an account of the organization and not of a person: it is needed again each year.
apple-step-renew = Sign in to identity.apple.com with the same Apple Account, choose “Renew” beside the present certificate, and upload the signed request. “Create a Certificate” makes one with another topic: all phones would be lost.
apple-step-upload = Upload the certificate that Apple issued.
apple-file = Certificate
apple-file-hint = The .pem file from Apple.
apple-account-hint = The account that the certificate has to be renewed with. Rollcall does not use it: it is a note for whoever renews it.
apple-import = The certificate comes from another system
apple-key = Private key
apple-key-hint = A PEM file without a passphrase. Only needed when the request was not made here.
apple-confirm = Topic of the new certificate
apple-confirm-hint = Only if you want to lose the enrolled phones: type the topic named above, and choose the file again.
apple-upload = Upload
apple-saved = The push certificate is in use.

## Why a certificate is refused

apple-broken = The form did not arrive as a whole, or a file is larger than 64 KB.
apple-no-request = There is no request that waits for a certificate. Make one first.
apple-no-certificate = This file is not a push certificate for device management. Upload the .pem file from identity.apple.com.
apple-bad-dates = This certificate is not valid today: it has expired, or is not valid yet.
apple-bad-key = This key cannot be used. It must be an RSA key in PEM without a passphrase.
apple-other-key = This certificate belongs to another key. Upload the one that Apple issued for a request of this Rollcall, or its private key with it.
# $count is a number of phones, $topic the topic of the certificate that was uploaded.
apple-other-topic = { $count ->
    [one] This certificate has another topic ({ $topic }). { $count } phone is enrolled with the present one and would be lost. Choose “Renew” at Apple instead, with the same Apple Account.
   *[other] This certificate has another topic ({ $topic }). { $count } phones are enrolled with the present one, and all of them would be lost. Choose “Renew” at Apple instead, with the same Apple Account.
 }
