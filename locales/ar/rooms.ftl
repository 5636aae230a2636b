### قائمة الغرف العامة، وكيف تظهر الغرفة بجانب رابطها. يعرضها الخادم.

rooms-document-title = الغرف المفتوحة · Unisono
rooms-lead = اختار مضيفوها أن تظهر هنا. ادخل واستمع: لا حاجة إلى حساب.
rooms-none = لا توجد غرفة معروضة هنا الآن.
rooms-none-next = افتح غرفة. لن تظهر في هذه القائمة إلا إذا اخترت إظهارها من «إدارة الغرفة».
rooms-people =
    { $count ->
        [zero] لا أحد هنا
        [one] هنا شخص واحد
        [two] هنا شخصان
        [few] هنا { $count } أشخاص
        [many] هنا { $count } شخصًا
       *[other] هنا { $count } شخص
    }
rooms-untitled = غرفة بلا اسم
rooms-cast = بث مباشر
rooms-nothing-on = لا شيء يعمل بعد
rooms-more = المزيد من الغرف
rooms-open = افتح غرفة

## بجانب رابط الغرفة في البرامج الأخرى

rooms-preview = انضم إلى هذه الغرفة على Unisono
rooms-preview-title = { $title } · Unisono
rooms-preview-description = نستمع معًا في اللحظة نفسها. لا حاجة إلى حساب.
rooms-window-done = يمكنك إغلاق هذه النافذة والعودة إلى الغرفة.
