### مشغّل الخدمة نفسها داخل الغرفة: نسأل مرة واحدة، ويمكن التراجع في أي وقت.

embed-name-youtube = YouTube
embed-ask = هل تريد تحميل مشغّل { $service }؟
embed-ask-youtube = عندئذ يتصل متصفحك بـ YouTube (شركة Google)، فتعرف عنوانك على الشبكة ومتصفحك وعنوان هذا الموقع وما تشغّله، وقد تحفظ بيانات في متصفحك.
embed-ask-until = يبقى السماح على هذا الجهاز إلى أن تتراجع عنه، هنا أو في إعدادات الصوت في الغرفة.
embed-load = تحميل مشغّل { $service }
embed-not-now = ليس الآن
embed-refused = بدون مشغّل { $service } تبقى هذه الأغنية صامتة على هذا الجهاز.
embed-ask-again = اسألني مجددًا
embed-frame = مشغّل { $service }
embed-since = مشغّل { $service } مسموح به منذ { $date }.
embed-withdraw = تراجع عن السماح
embed-withdrawn = أزيل مشغّل { $service }، ولن يُطلب من { $service } شيء بعد الآن.
embed-fault-consent = هذه الأغنية تُشغَّل من خدمة لم يُحمَّل مشغّلها هنا.
embed-fault-not-embeddable = صاحب هذا المقطع يسمح بتشغيله على YouTube وحده.
embed-fault-hidden-origin = لا يعمل YouTube إلا في مواقع تعرّف بنفسها، ومتصفحك يخفي ذلك. قد يكون السبب إضافة في المتصفح.
embed-elsewhere = افتحه على { $service }
embed-aside = ليس متزامنًا: إعلان، أو إيقاف مؤقت في المشغّل نفسه.
