/* SPDX-License-Identifier: MIT
 *
 * Asks an index where a pole is and who should go there. C11, and C++ too:
 *     cc lookup.c $(pkg-config --cflags --libs polelookup) -o lookup
 *     ./lookup sample.plx 1234567 */
#include <stdio.h>
#include <string.h>

#include <polelookup/polelookup.h>

#define TEXT(span) (int)(span).size_bytes, (span).data == NULL ? "" : (span).data

/* One candidate: where it stands, and the station that the library chose for it. */
static void print_candidate(const pole_index *index, const pole_resolution *answer, size_t i)
{
    pole_candidate candidate;
    pole_record pole;
    candidate.struct_size = sizeof candidate;
    pole.struct_size = sizeof pole;
    if (pole_resolution_candidate(answer, i, &candidate, &pole) != POLE_OK)
        return;
    char code[32];
    pole_code_format(index, pole.code, 1, code, sizeof code, NULL);
    printf("pole     %s, sure %.2f\n", code, candidate.confidence);
    printf("place    %.*s, %.*s; near %.*s\n", TEXT(pole.street), TEXT(pole.district),
           TEXT(candidate.cross_streets[0]));
    printf("at       %.7f, %.7f (WGS 84)\n", pole.at.lat_deg, pole.at.lon_deg);
    for (size_t s = 0; s < candidate.station_count; s++) {
        const pole_station_hit *hit = &candidate.stations[s];
        pole_station station;
        station.struct_size = sizeof station;
        if (!hit->chosen || pole_index_station(index, hit->number, &station) != POLE_OK)
            continue;
        printf("station  %.*s %.*s (%s, %.0f m)\n", TEXT(station.name), TEXT(station.phone),
               pole_role_name(hit->role), hit->distance_m);
    }
}

static pole_status ask(const pole_index *index, const char *text, pole_heard *heard,
                       pole_resolution *answer)
{
    const pole_text said = {{text, strlen(text)}, 1.0};
    pole_hear_options hearing;
    pole_hear_options_init(&hearing);
    hearing.lengths = pole_index_lengths(index);
    pole_status status = pole_hear(&said, 1, &hearing, heard);
    if (status == POLE_OK)
        status = pole_resolve(index, heard, NULL, answer);
    if (status != POLE_OK)
        return status;

    pole_answer head;
    head.struct_size = sizeof head;
    status = pole_resolution_answer(answer, &head);
    if (status != POLE_OK)
        return status;
    printf("%-8s heard %.*s\n", pole_match_name(head.match), TEXT(head.heard));
    for (uint32_t i = 0; i < head.candidates && head.match != POLE_UNKNOWN; i++)
        print_candidate(index, answer, i);
    for (uint32_t bit = 1; bit != 0; bit <<= 1)
        if (head.warnings & bit)
            printf("mind     %s\n", pole_warning_text(bit, POLE_LANGUAGE_EN));
    pole_question question;
    char words[POLE_QUESTION_BYTES];
    question.struct_size = sizeof question;
    status = pole_resolution_question(answer, &question);
    if (status == POLE_OK && question.kind != POLE_ASK_NOTHING) {
        pole_question_text(&question, POLE_LANGUAGE_EN, words, sizeof words, NULL);
        printf("ask      %s\n", words);
    }
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: lookup INDEX CODE\n");
        return 2;
    }
    pole_error error;
    pole_index *index = NULL;
    if (pole_index_open(argv[1], NULL, &index, &error) != POLE_OK) {
        fprintf(stderr, "%s\n%s\n", error.message, error.hint);
        return 4;
    }
    pole_heard *heard = NULL; /* both are made once and used for every question */
    pole_resolution *answer = NULL;
    pole_status status = pole_heard_new(NULL, &heard);
    if (status == POLE_OK)
        status = pole_resolution_new(NULL, &answer);
    if (status == POLE_OK)
        status = ask(index, argv[2], heard, answer);
    if (status != POLE_OK)
        fprintf(stderr, "%s\n", pole_status_text(status));
    pole_resolution_free(answer);
    pole_heard_free(heard);
    pole_index_close(index);
    return status == POLE_OK ? 0 : 4;
}
