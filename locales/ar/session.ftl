### The free session of a room: that it ends, that it is over, and when the next may begin.

session-ends = { $minutes ->
    [zero] تنتهي جلسة هذه الغرفة المجانية الآن.
    [one] تنتهي جلسة هذه الغرفة المجانية بعد دقيقة.
    [two] تنتهي جلسة هذه الغرفة المجانية بعد دقيقتين.
    [few] تنتهي جلسة هذه الغرفة المجانية بعد { $minutes } دقائق.
    [many] تنتهي جلسة هذه الغرفة المجانية بعد { $minutes } دقيقة.
   *[other] تنتهي جلسة هذه الغرفة المجانية بعد { $minutes } دقيقة.
}
session-endless = لم يعد لهذه الغرفة نهاية.
session-more = ما المتاح بلا حدود
session-over = انتهت الجلسة المجانية.
session-over-mine = يمكن بدء التالية في { $time }.
session-over-theirs = يمكن أن تُستأنف من { $time }، حين يعود من فتح الغرفة.
session-waits = الغرفة تنتظر من فتحها.
session-waits-next = تُستأنف حين يعود. حاول عندئذ مرة أخرى.
session-resting = يمكن بدء الجلسة المجانية التالية في { $time }.
session-resting-next = حتى ذلك الحين يمكنك الاستماع في غرف الآخرين.
session-devices = في الغرفة كل ما تتيحه خطتها من الأجهزة.
session-devices-next = اطلب ممن فتحها أن يُخرج جهازًا، ثم حاول مرة أخرى.
session-asleep = هذه الغرفة المحفوظة نائمة.
session-asleep-next = خطتك لا تفتحها الآن. هي محفوظة وتظهر في صفحة حسابك.
