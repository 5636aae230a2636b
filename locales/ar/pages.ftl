### صفحات قصيرة يعرضها الخادم: ما تقود إليه روابط الرسائل.

pages-document-title = { $title } · Unisono
pages-home = إلى الصفحة الأولى
pages-account = إلى حسابك

## رسائل عن غرف المضيف

pages-mails-confirm = رسائل عند فتح غرفة
pages-mails-confirm-next = اضغط الزر، فتصلك رسالة كلما فتح المضيف الذي تتابعه غرفة: مرة كل ست ساعات على الأكثر. في كل رسالة رابط يوقفها.
pages-mails-confirm-action = نعم، أرسلوا لي رسائل
pages-mails-confirmed = الرسائل مفعّلة.
pages-mails-confirmed-next = ستعلم في المرة القادمة حين يفتح المضيف الذي تتابعه غرفة.
pages-mails-over = لم يعد هذا الرابط صالحًا.
pages-mails-over-next = استُعمل من قبل، أو مضى عليه أكثر من يوم. اطلب الرسائل مجددًا من حسابك.
pages-mails-stop = إيقاف هذه الرسائل؟
pages-mails-stop-next = لن تصلك رسائل بعد الآن حين يفتح { $host } غرفة. ستبقى ترى ذلك في حسابك.
pages-mails-stop-action = أوقف الرسائل
pages-mails-stopped = لا مزيد من هذه الرسائل.
pages-mails-stopped-next = لتصلك من جديد، اطلبها من حسابك.
